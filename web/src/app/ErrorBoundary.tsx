// The last net: says what went wrong in the page itself, and how to go on.
import { Component, type ReactNode } from 'react';

export class ErrorBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className="broken" role="alert">
        <h1>The page stopped: {error.message}</h1>
        <p>Nothing on the server was changed. <a href={location.pathname}>Open the page anew</a>, without what the link holds.</p>
      </main>
    );
  }
}
