/** Channels one after another, type, id and value, as many vendors send them: a loop, a switch, little-endian numbers. */
export const scriptText = (offset: number): string => `
var types = { 0x75: 1, 0x67: 2, 0x68: 1, 0x7d: 2, 0x82: 2 };
function u16(b, i) { var v = (b[i + 1] << 8) + b[i]; return v & 0xffff; }
function i16(b, i) { var v = u16(b, i); return v > 0x7fff ? v - 0x10000 : v; }
function decodeUplink(input) {
  var b = input.bytes, out = {}, i = 0;
  while (i < b.length) {
    var id = b[i++], type = b[i++];
    if (!(type in types)) return { errors: ['unknown type ' + type] };
    switch (type) {
      case 0x75: out.battery = b[i]; break;
      case 0x67: out.temperature = i16(b, i) / 10 + ${offset}; break;
      case 0x68: out.humidity = b[i] / 2; break;
      case 0x7d: out.co2 = u16(b, i); break;
      case 0x82: out.distance = u16(b, i); break;
    }
    i += types[type];
  }
  return { data: out };
}`;

/** What its keys mean. */
export const scriptMapping = {
  values: {
    battery: { quantity: 'battery' },
    temperature: { quantity: 'airTemperature' },
    humidity: { quantity: 'relativeHumidity' },
    co2: { quantity: 'co2' },
    distance: { quantity: 'fillDistance', sentinels: [{ atLeast: 65_520, reason: 'no-echo' }] },
  },
};
