package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells findings apart, and recognises them after an edit: a fingerprint comes from the file, the rule and what is written
 * there, never from the number of the line. What is found several times in equal lines is counted from the top.
 */
final class Fingerprints {
    private static final int LENGTH = 32;

    private final Map<Diagnostic, String> all;

    private Fingerprints(Map<Diagnostic, String> all) {
        this.all = all;
    }

    /** The fingerprints of these findings; no two are the same. */
    static Fingerprints of(List<Diagnostic> findings) {
        Map<String, Integer> seen = new HashMap<>();
        Map<Diagnostic, String> all = new LinkedHashMap<>();
        for (Diagnostic finding : findings.stream().sorted(Diagnostic.BY_PLACE).toList()) {
            String what = what(finding);
            all.computeIfAbsent(finding, one -> hash(what + "\n" + seen.merge(what, 1, Integer::sum)));
        }
        return new Fingerprints(all);
    }

    /**
     * The fingerprint of one of these findings: 32 hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    String of(Diagnostic finding) {
        String found = all.get(finding);
        if (found == null) {
            throw new IllegalArgumentException("not one of the findings: " + finding);
        }
        return found;
    }

    private static String what(Diagnostic finding) {
        Position start = finding.span().start();
        String line = finding.source().shown(start.line());
        int from = Math.min(start.column() - 1, line.length());
        Position end = finding.span().end();
        int to = end.line() == start.line() ? Math.min(end.column() - 1, line.length()) : line.length();
        return List.of(finding.source().name(), finding.rule(), line.strip(), line.substring(from, Math.max(from, to)))
                .stream()
                .collect(Collectors.joining("\n"));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
