package dev.runbook.rehearsal.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Writes the few kinds of ASN.1 elements, in DER, that a certificate is made of. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(0x30, elements);
    }

    static byte[] set(byte[]... elements) {
        return element(0x31, elements);
    }

    /** An element that a number in brackets marks, with other elements in it. */
    static byte[] tagged(int number, byte[]... elements) {
        return element(0xA0 | number, elements);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] bits(byte[] bytes) {
        return element(0x03, new byte[] {0}, bytes);
    }

    static byte[] octets(byte[] bytes) {
        return element(0x04, bytes);
    }

    static byte[] text(String text) {
        return element(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A name of the DNS among the alternative names of a certificate. */
    static byte[] dnsName(String name) {
        return element(0x82, name.getBytes(StandardCharsets.US_ASCII));
    }

    /** A moment of the years 2000 to 2049, as {@code yyMMddHHmmssZ}. */
    static byte[] moment(String moment) {
        return element(0x17, moment.getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier of these numbers. */
    static byte[] identifier(int... numbers) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(numbers[0] * 40 + numbers[1]);
        for (int i = 2; i < numbers.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (numbers[i] >>> shift != 0) {
                    content.write(0x80 | numbers[i] >>> shift & 0x7F);
                }
            }
            content.write(numbers[i] & 0x7F);
        }
        return element(0x06, content.toByteArray());
    }

    private static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            element.write(0x82);
            element.write(length >>> 8);
        } else if (length >= 0x80) {
            element.write(0x81);
        }
        element.write(length);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
