import { boot } from './platform/lock/boot';

const app = document.getElementById('app') ?? document.body;
app.textContent = 'Understudy is loading.';

boot(({ message }) => {
  app.textContent = message;
}).then(
  ({ report }) => {
    app.dataset.lock = report.state;
    app.textContent = [report.state, report.reason ?? ''].join(' ');
  },
  (error: unknown) => {
    app.dataset.lock = 'failed';
    app.textContent = error instanceof Error ? error.message : String(error);
  },
);
