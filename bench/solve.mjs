import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * `npm run --silent solve -- PROBLEM …`, see `solve.ts`. What Node has made of the sources is kept from run to run: the next one
 * starts sooner and does without the compiler that strips their types, 20 to 30 MB. JavaScript, so that not even this file needs it.
 */
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'phosach-compiled'));
await import('./solve.ts');
