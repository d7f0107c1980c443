package dev.runbook.report;

import dev.runbook.base.Harmless;
import dev.runbook.base.Row;
import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Mismatch;
import dev.runbook.event.Finding.Truth;
import dev.runbook.event.Trouble;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a fact found, and what stood in the way, in a few words. */
final class FindingText {
    private static final int MAX_ROWS = 3;
    private static final int MAX_ROW_WIDTH = 80;
    /** Codes that are ours and say nothing to people. */
    private static final Pattern OURS = Pattern.compile("(?:[a-z]+(?:-[a-z]+)*)?");

    private FindingText() {}

    /** Whether a finding is what was wanted. */
    static boolean holds(Finding finding, boolean wanted) {
        return finding.truth() == (wanted ? Truth.TRUE : Truth.NOT_TRUE);
    }

    /** The clause of a condition: the fact's name, with {@code no} where its opposite is wanted. */
    static String clause(String fact, boolean wanted) {
        return wanted ? fact : "no " + fact;
    }

    /** What was found and what was wanted, such as {@code state_desc: found RESTORING, wanted ONLINE}. */
    static String found(Finding finding, boolean wanted) {
        if (finding.truth() == Truth.CANNOT_BE_ASKED) {
            return "cannot be asked: " + whyNot(finding);
        }
        if (finding.truth() == Truth.TRUE) {
            return wanted ? "found " + rows(finding) : "found " + rows(finding) + ", wanted none";
        }
        if (!finding.mismatches().isEmpty()) {
            return mismatches(finding.mismatches());
        }
        // rows, none of them wrong, and still not true: an item of the list has none
        return finding.count() > 0 ? "found " + rows(finding) + ", but not for every item" : "found nothing";
    }

    /** Why a fact cannot be asked. */
    static String whyNot(Finding finding) {
        return finding.trouble().map(FindingText::trouble).orElse("nobody knows why");
    }

    private static String mismatches(List<Mismatch> mismatches) {
        return mismatches.stream()
                .limit(MAX_ROWS)
                .map(one -> one.column() + ": found " + shown(one.found()) + ", wanted " + one.wanted())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String rows(Finding finding) {
        String first = finding.rows().stream()
                .limit(MAX_ROWS)
                .map(FindingText::row)
                .filter(row -> !row.isEmpty())
                .collect(Collectors.joining(" | "));
        String more = finding.count() > MAX_ROWS ? " | ..." : "";
        return first.isEmpty() ? count(finding) : count(finding) + " (" + first + more + ")";
    }

    /** How many rows there were. */
    static String count(Finding finding) {
        return finding.count() == 1 ? "1 row" : finding.count() + " rows";
    }

    /** A thing's name comes first: without it nobody knows of which one the rest is told. */
    private static String row(Row row) {
        List<String> columns = row.columns().entrySet().stream()
                .filter(column -> !column.getValue().text().isEmpty())
                .sorted(Comparator.comparing(column -> !column.getKey().equalsIgnoreCase("name")))
                .map(column -> Harmless.line(column.getKey()) + " "
                        + shown(column.getValue().text()))
                .toList();
        StringBuilder text = new StringBuilder();
        int shown = 0;
        while (shown < columns.size()
                && (shown == 0 || text.length() + columns.get(shown).length() <= MAX_ROW_WIDTH)) {
            text.append(shown == 0 ? "" : ", ").append(columns.get(shown++));
        }
        return shown == columns.size() ? text.toString() : text + " and " + (columns.size() - shown) + " more";
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : cut(60, Harmless.line(value));
    }

    /** The first line of a text, at most so many characters. */
    static String cut(int length, String text) {
        String line = text.strip().lines().findFirst().orElse("");
        boolean whole = line.length() == text.strip().length();
        if (line.length() <= length) {
            return whole ? line : line + " ...";
        }
        return line.substring(0, length - 4).stripTrailing() + " ...";
    }

    /**
     * {@code error 3101: Exclusive access could not be obtained.}, of a cmdlet with the id of its error, by which a runbook names
     * it; or only the sentence where the code is one of ours.
     */
    static String trouble(Trouble trouble) {
        boolean ours = OURS.matcher(trouble.code()).matches();
        return ours ? trouble.message() : "error " + trouble.code() + ": " + trouble.message();
    }
}
