import type { ProjectOrigin } from '../../platform/projects/types';
import { PROJECT_EXTENSION } from './begin-project';
import { fileName } from './download';

/** Whether a project file takes the source table along unless a person says otherwise: only where no patient stands behind it. */
export function includesSource(origin: ProjectOrigin): boolean {
  return origin === 'sample' || origin === 'demo';
}

/** The file's name says when the source table was left out: `clinic.understudy`, `clinic-without-source.understudy`. */
export function nameProjectFile(project: string, withSource: boolean): string {
  return fileName(project, withSource ? PROJECT_EXTENSION : `-without-source${PROJECT_EXTENSION}`);
}
