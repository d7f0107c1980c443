package dev.runbook.library;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.language.TranslationFile;
import dev.runbook.yaml.SourceReader;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of a runbook and where they were found.
 *
 * @param name by which messages call it
 * @param path where it lies; empty for one inside the program
 * @param bytes as stored
 */
public record RunbookFile(String name, Optional<Path> path, byte[] bytes) {
    /** The text, or why it is none. */
    public Checked<Source> source() {
        return SourceReader.decode(name, bytes);
    }

    /** Whether it is no runbook, but the texts of one in another language. */
    public boolean isTexts() {
        return source().value()
                .filter(text -> TranslationFile.isTexts(text.lines()))
                .isPresent();
    }

    /** SHA-256 of the text, as {@link #digest(byte[])}. */
    public String digest() {
        return digest(bytes);
    }

    /**
     * SHA-256 of a text, in hexadecimal digits: without the byte order mark that it may begin with, and with every line ended by a
     * line feed alone, so that it is the same on every system and after a check-out.
     */
    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] plain(byte[] bytes) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(bytes.length);
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        for (int i = marked ? 3 : 0; i < bytes.length; i++) {
            if (!(bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n')) {
                plain.write(bytes[i]);
            }
        }
        return plain.toByteArray();
    }

    /** The same, called otherwise. */
    RunbookFile named(String other) {
        return new RunbookFile(other, path, bytes);
    }

    /** The language of texts, as their name has it. */
    public Optional<String> tag() {
        return TranslationFile.tag(name);
    }

    /** The name without folder and without {@code .yaml}. */
    public String plainName() {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.endsWith(".yaml") ? file.substring(0, file.length() - ".yaml".length()) : file;
    }

    /** Where it was found, for people. */
    public String place() {
        return path.map(file -> file.toString()).orElse(name + " inside this program");
    }
}
