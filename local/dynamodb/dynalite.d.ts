/** The part of dynalite that the local city uses; the package brings no types. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  type DynaliteOptions = {
    /** LevelDB's folder; in memory when absent. */
    readonly path?: string;
    readonly createTableMs?: number;
    readonly updateTableMs?: number;
    readonly deleteTableMs?: number;
  };

  export default function dynalite(options: DynaliteOptions): Server;
}
