/** How a function becomes one ES module: the same for Lambda (the CDK's bundler), for the local city, and for the test that loads bundles. */
export const bundleSettings = {
  target: 'node24',
  mainFields: ['module', 'main'],
  /** Some dependencies still call require(), which an ES module has not by itself. */
  banner:
    "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
};
