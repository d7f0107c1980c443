package dev.runbook.library;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.language.TranslationFile;
import dev.runbook.yaml.SourceReader;
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

    /** SHA-256 of the bytes, in hexadecimal digits. */
    public String digest() {
        return digest(bytes);
    }

    /** SHA-256 of some bytes, in hexadecimal digits. */
    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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
