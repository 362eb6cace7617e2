import { render } from 'preact';
import { ApiPage } from './api/api-page.tsx';
import { Frame } from './page/frame.tsx';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/header.css';
import './portal.css';

const root = document.getElementById('app');
if (root) {
  render(
    <Frame here="api">
      <ApiPage />
    </Frame>,
    root,
  );
}
