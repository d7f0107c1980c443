package dev.runbook.rehearsal.tds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects the numbers and texts of one token, little-endian. Not safe for use by several threads. */
final class ByteWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A byte. */
    ByteWriter u8(int value) {
        bytes.write(value);
        return this;
    }

    /** A number of two bytes. */
    ByteWriter u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    /** A number of two bytes in network order. */
    ByteWriter bigEndian16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** A number of four bytes. */
    ByteWriter i32(int value) {
        return u16(value).u16(value >>> 16);
    }

    /** A number of eight bytes. */
    ByteWriter i64(long value) {
        return i32((int) value).i32((int) (value >>> 32));
    }

    /** These bytes. */
    ByteWriter bytes(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /** A text as UTF-16, without its length. */
    ByteWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_16LE));
    }

    /** A text after its length in one byte, cut at 255 units ({@code B_VARCHAR}). */
    ByteWriter shortText(String value) {
        String cut = cut(value, 255);
        return u8(cut.length()).text(cut);
    }

    /** A text after its length in two bytes, cut at 4,000 units ({@code US_VARCHAR}). */
    ByteWriter longText(String value) {
        String cut = cut(value, 4000);
        return u16(cut.length()).text(cut);
    }

    /** What was collected. */
    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** How many bytes were collected. */
    int size() {
        return bytes.size();
    }

    private static String cut(String value, int most) {
        return value.length() <= most ? value : value.substring(0, most);
    }
}
