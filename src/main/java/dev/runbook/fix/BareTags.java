package dev.runbook.fix;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts quotes around a value that begins with a tag: to YAML, {@code {{x}}} is a map in a map. Two ways lead here: the tag alone
 * is read as that map, and a tag with text behind it is no YAML at all.
 */
final class BareTags implements Correction {
    /** A key or a dash, and behind it a value up to a comment. */
    private static final Pattern LINE = Pattern.compile("(\\s*(?:- +)*(?:[\\w-]+: +)?)(\\{\\{.*?)(\\s+#.*|\\s*)");

    @Override
    public String what() {
        return "a tag without quotes";
    }

    @Override
    public List<List<Edit>> places(Draft draft) {
        return draft.findings().stream()
                .map(finding -> edits(draft, finding))
                .filter(edits -> !edits.isEmpty())
                .toList();
    }

    @Override
    public boolean succeeded(Draft before, Draft after) {
        // what was no YAML may show other mistakes once it is
        return places(after).size() < places(before).size()
                || after.findings().size() < before.findings().size();
    }

    private static List<Edit> edits(Draft draft, Diagnostic finding) {
        Position start = finding.span().start();
        Position end = finding.span().end();
        if (finding.rule().equals("unquoted-tag") && start.line() == end.line()) {
            return quotes(draft, start, end.column() - start.column());
        }
        Matcher line = LINE.matcher(draft.source().line(start.line()));
        boolean begins = finding.rule().equals("yaml") && line.matches() && line.start(2) == start.column() - 1;
        return begins ? quotes(draft, start, line.group(2).length()) : List.of();
    }

    private static List<Edit> quotes(Draft draft, Position start, int length) {
        int offset = draft.text().offset(start);
        String line = draft.source().line(start.line());
        List<Edit> edits = new ArrayList<>();
        edits.add(Edit.insert(offset, "'"));
        for (int at = 0; at < length; at++) {
            if (line.charAt(start.column() - 1 + at) == '\'') {
                edits.add(Edit.insert(offset + at, "'"));
            }
        }
        edits.add(Edit.insert(offset + length, "'"));
        return edits;
    }
}
