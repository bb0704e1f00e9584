// In: an element, the desk's publisher. Out: the page in it.
import { createRoot } from 'react-dom/client';
import { App, type AppProps } from './app.tsx';
import { Failure } from './failure.tsx';

export function drawPage(host: HTMLElement, props: AppProps): void {
  createRoot(host).render(
    <Failure>
      <App {...props} />
    </Failure>,
  );
}
