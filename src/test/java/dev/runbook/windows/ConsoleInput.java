package dev.runbook.windows;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The standard input of a Java program in a console window of Windows. A line can be read once Enter was pressed; whoever reads
 * before that waits. {@code available()} counts the keys that went down up to the last Enter, whether they make a character or
 * not: a capital letter counts twice, for Shift goes down too, and the line feed that stands behind a carriage return does not
 * count. (The JDK's {@code stdinAvailable} in {@code io_util_md.c} looks through {@code PeekConsoleInput}; what a line is
 * stands in Microsoft's page on {@code SetConsoleMode}, ENABLE_LINE_INPUT.)
 */
public final class ConsoleInput extends InputStream {
    private final StringBuilder keys = new StringBuilder();
    private final Charset codePage;
    private byte[] line = {};
    private int at;

    /** A window in UTF-8, as after {@code chcp 65001}. */
    public ConsoleInput() {
        this(StandardCharsets.UTF_8);
    }

    /** A window of another code page, such as 850. */
    public ConsoleInput(Charset codePage) {
        this.codePage = codePage;
    }

    /** Types; {@code \n} is Enter. */
    public synchronized void type(String text) {
        keys.append(text);
        notifyAll();
    }

    @Override
    public synchronized int available() {
        int left = line.length - at;
        int enter = keys.lastIndexOf("\n");
        int shifts = (int)
                keys.chars().limit(enter + 1L).filter(Character::isUpperCase).count();
        return left + enter + 1 + shifts;
    }

    @Override
    public synchronized int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] buffer, int from, int length) {
        while (at == line.length) {
            int enter = keys.indexOf("\n");
            if (enter >= 0) {
                line = (keys.substring(0, enter) + "\r\n").getBytes(codePage);
                at = 0;
                keys.delete(0, enter + 1);
            } else {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return -1;
                }
            }
        }
        int taken = Math.min(length, line.length - at);
        System.arraycopy(line, at, buffer, from, taken);
        at += taken;
        return taken;
    }
}
