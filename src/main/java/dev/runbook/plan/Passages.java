package dev.runbook.plan;

import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a runbook as they stand in its file: the lines of each, without empty ones, without blanks at their ends, and
 * without the comments between the last part and what follows.
 */
public final class Passages {
    private final Source source;
    private final List<Name> parts;

    private Passages(Source source, Collection<Name> parts) {
        this.source = source;
        this.parts = List.copyOf(parts);
    }

    /** The lines of each step, by its id. */
    public static Map<String, List<String>> steps(Runbook runbook) {
        return all(runbook, runbook.steps().stream().map(Step::id).toList());
    }

    /** The lines of each fact, by its name. */
    public static Map<String, List<String>> facts(Runbook runbook) {
        return all(runbook, runbook.facts().values().stream().map(Fact::name).toList());
    }

    /** The lines of each variable, by its name. */
    public static Map<String, List<String>> variables(Runbook runbook) {
        return all(
                runbook,
                runbook.variables().values().stream().map(Variable::name).toList());
    }

    private static Map<String, List<String>> all(Runbook runbook, List<Name> names) {
        Passages passages = new Passages(runbook.source(), names);
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            all.put(names.get(i).text(), passages.between(passages.start(i), passages.end(i)));
        }
        return all;
    }

    /** A part begins with its line, unless another one stands before it there. */
    private Position start(int index) {
        Position start = parts.get(index).origin().position();
        boolean shares = index > 0 && parts.get(index - 1).origin().position().line() == start.line();
        return shares ? start : new Position(start.line(), 1);
    }

    private Position end(int index) {
        return index + 1 < parts.size()
                ? start(index + 1)
                : endOfAll(parts.get(index).origin().position().line() + 1);
    }

    /** All parts end where the next line begins with a key. */
    private Position endOfAll(int from) {
        int line = from;
        int behindLast = from;
        while (line <= source.lines().size() && isInside(source.line(line))) {
            boolean says = !source.line(line).isBlank() && !isComment(source.line(line));
            line++;
            behindLast = says ? line : behindLast;
        }
        return new Position(behindLast, 1);
    }

    private static boolean isInside(String line) {
        return line.isBlank() || line.startsWith(" ") || isComment(line);
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    private List<String> between(Position start, Position end) {
        List<String> lines = new ArrayList<>();
        for (int line = start.line(); line <= end.line(); line++) {
            String text = source.line(line);
            int to = line == end.line() ? Math.min(end.column() - 1, text.length()) : text.length();
            int from = line == start.line() ? Math.min(start.column() - 1, to) : 0;
            String part = text.substring(from, to).stripTrailing();
            if (!part.isBlank()) {
                lines.add(part);
            }
        }
        return lines;
    }
}
