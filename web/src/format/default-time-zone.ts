/** Until the city has said where it lies. */
export const DEFAULT_TIME_ZONE = 'Asia/Ho_Chi_Minh';
