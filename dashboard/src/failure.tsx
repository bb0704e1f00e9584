// In: the page. Out: the page, or, when drawing it failed, what failed and how to go on.
import { Component, type ReactNode } from 'react';

interface FailureState {
  error: Error | null;
}

export class Failure extends Component<{ children: ReactNode }, FailureState> {
  override state: FailureState = { error: null };

  static getDerivedStateFromError(error: Error): FailureState {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <main
        role="alert"
        style={{ padding: '2rem', display: 'grid', gap: '1rem', maxWidth: '48rem' }}
      >
        <h1>The desk could not be drawn</h1>
        <p>{this.state.error.message}</p>
        <p>The engine and the storms run on. Reload this page to see them again.</p>
        <p>
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </p>
      </main>
    );
  }
}
