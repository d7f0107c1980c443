package dev.runbook.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Binds each line of a journal to the one before: a line ends with {@code ,"hash":"…"}}, which is the SHA-256 of the hash
 * before and of the line without that ending.
 */
final class HashChain {
    /** The hash before the first line. */
    static final String START = "0".repeat(64);

    private static final String MARK = ",\"hash\":\"";
    private static final int TAIL = MARK.length() + 64 + "\"}".length();

    private HashChain() {}

    /** A JSON object with its hash added at the end. */
    static Sealed seal(String object, String before) {
        String hash = hash(before, object);
        return new Sealed(object.substring(0, object.length() - 1) + MARK + hash + "\"}", hash);
    }

    /** The hash of a line, if it is the right one behind {@code before}. */
    static Optional<String> check(String line, String before) {
        int cut = line.length() - TAIL;
        if (cut < 1 || !line.startsWith(MARK, cut) || !line.endsWith("\"}")) {
            return Optional.empty();
        }
        String written = line.substring(cut + MARK.length(), line.length() - 2);
        return written.equals(hash(before, line.substring(0, cut) + "}")) ? Optional.of(written) : Optional.empty();
    }

    /** With what a line of this hash ends, its line end included. */
    static String end(String hash) {
        return MARK + hash + "\"}\n";
    }

    /** SHA-256 of a file's content, in hexadecimal digits. */
    static String digest(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static String hash(String before, String object) {
        return digest((before + object).getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * A line as it is written.
     *
     * @param line without its line end
     * @param hash the one that the next line builds on
     */
    record Sealed(String line, String hash) {}
}
