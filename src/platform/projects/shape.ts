export * from '../../data/shape';
