package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.util.Objects;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in plain words what stands in the way of reading a document. The library's own words are for authors of parsers. */
final class SyntaxMessage {
    private static final Pattern BARE_TAG = Pattern.compile("(?:[:,]\\s+|[-?]\\s+|[\\[{]\\s*)\\{\\{");

    private final Source source;
    private final YamlReader.SourceText text;
    private final String problem;
    private final String context;
    private final Position place;
    private final Position contextPlace;

    private SyntaxMessage(Source source, YamlReader.SourceText text, MarkedYAMLException error) {
        this.source = source;
        this.text = text;
        this.problem = Objects.requireNonNullElse(error.getProblem(), "");
        this.context = Objects.requireNonNullElse(error.getContext(), "");
        this.place = place(error.getProblemMark());
        this.contextPlace = error.getContextMark() == null ? place : place(error.getContextMark());
    }

    static Diagnostic of(Source source, YamlReader.SourceText text, MarkedYAMLException error) {
        return new SyntaxMessage(source, text, error).diagnostic();
    }

    /** What to say of a line that is YAML, and not of the kind of those beside it. */
    static Diagnostic odd(Source source, int line) {
        String text = source.line(line);
        Position start =
                new Position(line, 1 + text.length() - text.stripLeading().length());
        return Diagnostic.error(
                Origin.of(source, Span.at(start)),
                "yaml",
                "This is no entry like those beside it. Behind a key stand a colon and a space; only an item of a list begins"
                        + " with a hyphen.");
    }

    private Position place(Mark mark) {
        return mark == null ? Position.START : text.position(mark);
    }

    private Diagnostic diagnostic() {
        if (problem.contains("TAB")) {
            return at(place, "A tab cannot indent a line. Use spaces.");
        }
        if (context.contains("quoted scalar") || context.contains("double-quoted")) {
            return quoted();
        }
        int bareTag = bareTag();
        if (bareTag > 0) {
            return at(
                    new Position(place.line(), bareTag),
                    "A value that begins with {{ is read as a map. Put the whole value in quotes: '{{name}}'.");
        }
        if (context.contains("flow mapping") || context.contains("flow sequence")) {
            return flow();
        }
        if (context.contains("alias") || context.contains("anchor")) {
            return at(contextPlace, "A text that begins with " + written(contextPlace) + " must stand in quotes.");
        }
        if (context.contains("block scalar")) {
            return at(place, "Behind | or > only +, - or a digit may stand. The text begins on the next line.");
        }
        return block();
    }

    private Diagnostic quoted() {
        if (problem.contains("escape")) {
            return at(
                    place.right(-1),
                    "Between double quotes a backslash begins an escape. Use single quotes: there a backslash is a backslash.");
        }
        return at(
                contextPlace,
                "The quote that begins here is never closed. Inside single quotes, '' stands for one quote.");
    }

    private Diagnostic flow() {
        boolean map = context.contains("mapping");
        String brackets = map ? "{ }" : "[ ]";
        if (place.line() > contextPlace.line()
                || place.column() > source.line(place.line()).length()) {
            return at(contextPlace, "The " + (map ? "{" : "[") + " that begins here is not closed where it should be.");
        }
        return at(
                place,
                "Between " + brackets + " the text breaks off at " + written(place)
                        + ". Put the whole text in quotes, or write it on a line of its own.");
    }

    private Diagnostic block() {
        String line = source.line(place.line());
        boolean first =
                line.substring(0, Math.min(place.column() - 1, line.length())).isBlank();
        if (problem.contains("mapping values are not allowed")) {
            return line.substring(0, Math.min(place.column() - 1, line.length()))
                            .contains(": ")
                    ? at(
                            place,
                            "A colon with a space behind it begins a value. If it belongs to the text, put the text in quotes.")
                    : at(
                            place,
                            "A key cannot begin here: its line is indented too far, or the line above needs quotes.");
        }
        if (problem.contains("could not find expected ':'")) {
            return at(
                    contextPlace,
                    "This is neither a key nor an item of a list. Behind a key stand a colon and a space.");
        }
        if (problem.contains("cannot start any token")) {
            return at(place, "A text that begins with " + written(place) + " must stand in quotes.");
        }
        if (problem.contains("<block end>") && !first) {
            return at(place, "Nothing may follow behind the closing quote or bracket. Put the whole text in quotes.");
        }
        if (problem.contains("<block end>") || problem.contains("not allowed here")) {
            return at(
                    place,
                    "The indentation does not fit. Keys of one map, and items of one list, begin in the same column.");
        }
        return at(place, "This is not valid YAML here: " + problem + ".");
    }

    /** The column of {@code {{} where a value begins with it in the line of the problem or in the one above; 0 if none does. */
    private int bareTag() {
        var matcher = BARE_TAG.matcher(source.line(place.line()));
        return matcher.find() ? matcher.end() - 1 : 0;
    }

    private String written(Position position) {
        String line = source.shown(position.line());
        int index = position.column() - 1;
        return index < line.length() ? "\"" + line.charAt(index) + "\"" : "the end of the line";
    }

    private Diagnostic at(Position position, String message) {
        return Diagnostic.error(Origin.of(source, Span.at(position)), "yaml", message);
    }
}
