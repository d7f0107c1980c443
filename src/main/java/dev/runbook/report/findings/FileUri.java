package dev.runbook.report.findings;

import java.nio.charset.StandardCharsets;

/** Writes the names of files as URIs. */
final class FileUri {
    private static final String PLAIN = "-._~/!$&'()*+,;=@";

    private FileUri() {}

    /** A relative reference, or {@code file:} for a path from the root. */
    static String of(String file) {
        if (isRelative(file)) {
            // a colon in the first part would make it the name of a scheme
            return encoded(file);
        }
        String path = file.startsWith("//") ? file : file.startsWith("/") ? "//" + file : "///" + file;
        return "file:" + encoded(path);
    }

    /** Whether the path begins where the program was started. */
    static boolean isRelative(String file) {
        return !file.startsWith("/") && !file.matches("[A-Za-z]:/.*");
    }

    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return uri.toString();
    }
}
