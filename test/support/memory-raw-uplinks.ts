import { copyOf, type RawUplink, type RawUplinkStore } from '../../shared/telemetry/raw-uplinks.ts';

/** Frames in memory: the reference of what counts as a copy. */
export const memoryRawUplinks = (): RawUplinkStore => {
  const kept: RawUplink[] = [];
  const sameFrame = (a: RawUplink, b: RawUplink): boolean =>
    a.devEui === b.devEui && a.fCnt === b.fCnt && a.fPort === b.fPort && a.hex === b.hex;
  const keepOne = (uplink: RawUplink): number => {
    const instants = kept.filter((other) => sameFrame(other, uplink)).map(({ heardAt }) => heardAt);
    const earlier =
      uplink.fCnt === undefined ? instants.find((at) => at === uplink.heardAt) : copyOf(instants, uplink.heardAt);
    if (earlier === undefined) kept.push(uplink);
    return earlier ?? uplink.heardAt;
  };
  return {
    keep: async (uplinks) => uplinks.map((uplink) => ({ ok: true, heardAt: keepOne(uplink) })),
    history: async function* ({ devEui, from, to }) {
      const own = kept.filter((uplink) => uplink.devEui === devEui && uplink.heardAt >= from && uplink.heardAt < to);
      yield* own.sort((a, b) => a.heardAt - b.heardAt);
    },
    restamp: async (uplinks, codec) => {
      for (const [index, uplink] of kept.entries()) {
        if (uplinks.some((other) => sameFrame(other, uplink) && other.heardAt === uplink.heardAt)) {
          kept[index] = { ...uplink, codec };
        }
      }
    },
  };
};
