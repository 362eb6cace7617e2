import { render } from 'preact';
import { startSession } from '../sign-in/session.ts';
import { CrewPage } from './page/crew-page.tsx';
import { hostConfig } from './state/host-config.ts';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/header.css';
import '../styles/sign-in.css';
import './crew.css';
import './overflow.css';

const root = document.getElementById('app');
if (root) {
  await startSession((await hostConfig()).signIn);
  render(<CrewPage />, root);
}

// Where a browser has no service workers (or the page came over plain HTTP), the page works as long as there is a network.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/crew/sw.js').catch(() => {});
