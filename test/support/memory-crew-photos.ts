import { Buffer } from 'node:buffer';
import { type CrewPhotoStore, type Photo, photoKeyOf } from '../../shared/routing/crew/photo.ts';

/** Photos in memory. */
export const memoryCrewPhotos = (): CrewPhotoStore => {
  const photos = new Map<string, Photo>();
  return {
    put: async (reportId, photo) => {
      const known = photos.get(photoKeyOf(reportId));
      if (known !== undefined) return Buffer.compare(known.bytes, photo.bytes) === 0 ? 'known' : 'differs';
      photos.set(photoKeyOf(reportId), photo);
      return 'stored';
    },
    get: async (reportId) => photos.get(photoKeyOf(reportId)),
  };
};
