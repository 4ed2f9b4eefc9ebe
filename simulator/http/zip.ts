import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP archive with one file in it. */
export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const fileName = Buffer.from(name);
  const shared = Buffer.alloc(26);
  shared.writeUInt16LE(20, 0);
  shared.writeUInt16LE(0, 2);
  shared.writeUInt16LE(8, 4);
  shared.writeUInt32LE(0x00210000, 6);
  shared.writeUInt32LE(crc32(content), 10);
  shared.writeUInt32LE(packed.length, 14);
  shared.writeUInt32LE(content.length, 18);
  shared.writeUInt16LE(fileName.length, 22);
  const localHeader = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, fileName]);
  const madeBy = Buffer.from([20, 0]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeBy, shared, Buffer.alloc(14), fileName]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(localHeader.length + packed.length, 16);
  return Buffer.concat([localHeader, packed, central, end]);
}
