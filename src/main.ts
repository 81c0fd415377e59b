import { mount } from 'svelte';
import App from './ui/App.svelte';
import './ui/styles/index.css';

const target = document.getElementById('app') ?? document.body;
target.replaceChildren();
mount(App, { target });
