package dev.runbook.yaml;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Leaves out of a document what cannot be read, so that the rest can be. Every entry is read for itself: a quote that is never
 * closed then ends with its entry, and does not make a mistake of everything up to the next quote. What is left out is a whole
 * entry of the document, or a whole entry or item of one of its sections, since of a part of a step nothing true could be said.
 */
final class Recovery {
    /** After so many broken places a file is not YAML at all. */
    private static final int MAX_LEFT_OUT = 20;
    /** So many lines of a text may begin as far to the left as its key. */
    private static final int MAX_JOINED = 8;

    private final Source source;
    private final List<String> original;
    private final List<String> lines;
    /** The entries of the document. */
    private final List<Piece> sections;
    /** Of a section, its entries instead. */
    private final List<Piece> entries;

    private final List<Diagnostic> findings = new ArrayList<>();
    private final List<Unread.Part> parts = new ArrayList<>();

    private Recovery(Source source, List<String> lines) {
        this.source = source;
        this.original = List.copyOf(lines);
        this.lines = new ArrayList<>(lines);
        this.sections = pieces(0, lines.size());
        this.entries = sections.stream().flatMap(this::innermost).toList();
    }

    /** Looks for everything that cannot be read in a document that cannot be read as a whole. */
    static Recovery of(Source source, List<String> lines) {
        Recovery recovery = new Recovery(source, lines);
        recovery.document();
        return recovery;
    }

    /** What is wrong with the YAML: one finding for each part that was left out. */
    List<Diagnostic> findings() {
        return findings;
    }

    /** The lines of the document, empty where they were left out; nothing where they still cannot be read. */
    Optional<List<String>> rest() {
        return findings.size() < MAX_LEFT_OUT
                        && problem(new Piece(0, lines.size(), true)).isEmpty()
                ? Optional.of(lines)
                : Optional.empty();
    }

    Unread unread() {
        return new Unread(parts);
    }

    private void document() {
        Piece whole = new Piece(0, lines.size(), true);
        if (sections.stream().limit(1).anyMatch(piece -> piece.beginsWithTab(original))) {
            // all else is measured by the first line
            problem(whole).ifPresent(problem -> leaveOut(whole, problem));
        }
        sections.stream().filter(piece -> problem(piece).isPresent()).forEach(piece -> {
            if (piece.isSection(original) && !piece.isShapeless(original)) {
                section(piece);
            } else {
                leaveOut(piece, problem(piece).orElseThrow());
            }
        });
        repair(whole);
        sections.stream()
                .filter(piece -> piece.isSection(original) && piece.isHeadAlone(lines))
                .forEach(this::blank);
    }

    private void section(Piece section) {
        entries.stream()
                .filter(entry -> section.holds(entry.first()))
                .forEach(entry -> problem(entry).ifPresent(problem -> leaveOut(entry, problem)));
        repair(section);
    }

    /** The entries are well written, each for itself. What is left are those that do not fit to the others. */
    private void repair(Piece around) {
        Optional<Diagnostic> problem = problem(around);
        while (problem.isPresent() && findings.size() < MAX_LEFT_OUT) {
            int line = problem.get().span().start().line() - 1;
            Optional<Piece> odd = left(around)
                    .filter(entry -> !entry.fits() && entry.first() <= line)
                    .findFirst();
            Optional<Piece> misplaced =
                    left(around).filter(entry -> entry.holds(line)).findFirst();
            if (odd.isPresent()) {
                leaveOut(
                        odd.get(),
                        odd.equals(misplaced)
                                ? problem.get()
                                : SyntaxMessage.odd(source, odd.get().first() + 1));
            } else if (misplaced.isPresent()) {
                // it may be the rest of the entry above
                above(misplaced.get()).ifPresent(this::blank);
                leaveOut(misplaced.get(), problem.get());
            } else {
                leaveOut(around, problem.get());
            }
            problem = problem(around);
        }
    }

    private Stream<Piece> left(Piece around) {
        return Stream.concat(entries.stream(), sections.stream())
                .filter(entry -> around.holds(entry.first()) && !entry.isBlank(lines));
    }

    private Stream<Piece> innermost(Piece piece) {
        return piece.isSection(original) ? pieces(piece.first() + 1, piece.end()).stream() : Stream.of(piece);
    }

    /** The pieces between two lines; texts of several lines whose rest stands at the left are kept in one. */
    private List<Piece> pieces(int first, int end) {
        List<Piece> cut = Piece.cut(original, first, end);
        List<Piece> joined = new ArrayList<>();
        int at = 0;
        while (at < cut.size()) {
            int length = length(cut, at);
            joined.add(cut.get(at).and(cut.get(at + length - 1)));
            at += length;
        }
        return joined;
    }

    private int length(List<Piece> cut, int at) {
        Piece piece = cut.get(at);
        for (int more = 1; more <= MAX_JOINED && at + more < cut.size(); more++) {
            if (cut.get(at + more).fits() || more == 1 && problem(piece).isEmpty()) {
                return 1;
            }
            if (problem(piece.and(cut.get(at + more))).isEmpty()) {
                return more + 1;
            }
        }
        return 1;
    }

    /** Where it does not look like an entry, it may be the rest of the one above. */
    private void leaveOut(Piece piece, Diagnostic problem) {
        if (findings.size() < MAX_LEFT_OUT) {
            findings.add(problem);
            above(piece).filter(above -> !piece.fits()).ifPresent(this::blank);
            blank(piece);
        }
    }

    private Optional<Piece> above(Piece piece) {
        return entries.stream().filter(entry -> entry.end() <= piece.first()).reduce((one, other) -> other);
    }

    private void blank(Piece piece) {
        if (piece.isBlank(lines)) {
            return;
        }
        parts.add(new Unread.Part(piece.first() + 1, piece.end(), String.join("\n", piece.of(original))));
        for (int line = piece.first(); line < piece.end(); line++) {
            lines.set(line, "");
        }
    }

    private Optional<Diagnostic> problem(Piece piece) {
        YamlReader.SourceText text = YamlReader.SourceText.of(piece.of(lines), piece.first());
        try {
            new YamlReader.Events(source, text).forEachRemaining(event -> {});
            return Optional.empty();
        } catch (MarkedYAMLException broken) {
            return Optional.of(SyntaxMessage.of(source, text, broken));
        }
    }

    /**
     * Lines of a document that stand for themselves, as their author has indented them: an entry of a map with all that is below it,
     * or an item of a list.
     *
     * @param first line, counted from 0
     * @param end the line after the last one
     * @param fits whether it begins as the others beside it do, as an item or as an entry
     */
    private record Piece(int first, int end, boolean fits) {
        private static final Pattern SECTION = Pattern.compile("[\\p{L}\\p{N}_-]+:\\s*(?:#.*)?");
        private static final Pattern ENTRY = Pattern.compile("[\"'\\p{L}\\p{N}][^:]*:(?:\\s.*)?");
        /** A tab is a mistake of whoever meant to write deeper. */
        private static final int TAB = 8;

        /** The pieces of some lines, in their order. Blank lines and comments between them belong to none. */
        static List<Piece> cut(List<String> lines, int first, int end) {
            List<Piece> pieces = new ArrayList<>();
            int start = first;
            while (start < end && isIdle(lines.get(start))) {
                start++;
            }
            if (start == end) {
                return pieces;
            }
            int column = column(lines.subList(start, end));
            boolean list = isList(lines.subList(start, end), column);
            for (int line = start + 1; line < end; line++) {
                if (begins(lines.get(line), column, list || !hasItemsBelow(lines.subList(start, line + 1), column))) {
                    pieces.add(piece(lines, start, line, list));
                    start = line;
                }
            }
            pieces.add(piece(lines, start, end, list));
            return pieces;
        }

        private static int column(List<String> lines) {
            return lines.stream()
                    .filter(line -> !isIdle(line) && !hasTab(line))
                    .findFirst()
                    .map(Piece::indentation)
                    .orElse(0);
        }

        /** What most of the lines are, since one of them may be spoilt. */
        private static boolean isList(List<String> lines, int column) {
            int items = 0;
            int entries = 0;
            for (String line : lines) {
                if (indentation(line) <= column) {
                    items += isItem(line) ? 1 : 0;
                    entries += isEntry(line) ? 1 : 0;
                }
            }
            return items > entries;
        }

        /** Whether the items of a list stand right below their key, in the same column. */
        private static boolean hasItemsBelow(List<String> lines, int column) {
            return lines.stream()
                    .skip(1)
                    .filter(line -> !isIdle(line))
                    .findFirst()
                    .filter(line -> isItem(line) && indentation(line) <= column)
                    .isPresent();
        }

        private static boolean begins(String line, int column, boolean items) {
            if (isIdle(line) || indentation(line) > column) {
                return false;
            }
            char c = line.strip().charAt(0);
            // a bracket closes what is above
            return c != ']' && c != '}' && (items || !isItem(line));
        }

        /** What stands above the next piece is about that one. */
        private static Piece piece(List<String> lines, int first, int end, boolean list) {
            int last = end;
            int column = indentation(lines.get(first));
            while (isIdle(lines.get(last - 1))
                    && (lines.get(last - 1).isBlank() || indentation(lines.get(last - 1)) <= column)) {
                last--;
            }
            return new Piece(first, last, list ? isItem(lines.get(first)) : isEntry(lines.get(first)));
        }

        private static boolean isIdle(String line) {
            return line.isBlank() || line.strip().startsWith("#");
        }

        private static boolean isItem(String line) {
            String content = line.strip();
            return content.equals("-") || content.startsWith("- ");
        }

        private static boolean isEntry(String line) {
            return ENTRY.matcher(line.strip()).matches();
        }

        private static int indentation(String line) {
            int column = 0;
            int at = 0;
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                column += line.charAt(at) == ' ' ? 1 : TAB;
                at++;
            }
            return column;
        }

        private static boolean hasTab(String line) {
            return line.substring(0, line.length() - line.stripLeading().length())
                    .contains("\t");
        }

        /**
         * Whether nobody can tell to what its lines belong: one that others could belong to is indented by a tab, or less than the
         * entries of this section, or there are both items and entries and one of them is.
         */
        boolean isShapeless(List<String> lines) {
            List<String> below = lines.subList(first + 1, end);
            int column = column(below);
            List<String> entries = below.stream()
                    .filter(line -> !isIdle(line) && indentation(line) <= column)
                    .toList();
            boolean mixed =
                    entries.stream().anyMatch(Piece::isItem) && entries.stream().anyMatch(Piece::isEntry);
            boolean tab = below.stream().filter(Piece::hasTab).anyMatch(line -> isItem(line) || isHead(line));
            return tab || entries.stream().anyMatch(line -> indentation(line) < column && (mixed || isHead(line)));
        }

        private static boolean isHead(String line) {
            return line.stripTrailing().endsWith(":");
        }

        boolean holds(int line) {
            return first <= line && line < end;
        }

        /** Together with another one below. */
        Piece and(Piece below) {
            return new Piece(first, below.end, fits);
        }

        List<String> of(List<String> lines) {
            return lines.subList(first, end);
        }

        /** Whether nothing but a key stands in the first line, so that everything else are pieces of their own. */
        boolean isSection(List<String> lines) {
            return end - first > 1 && SECTION.matcher(lines.get(first)).matches();
        }

        boolean beginsWithTab(List<String> lines) {
            return hasTab(lines.get(first));
        }

        /** Whether nothing stands after its first line. */
        boolean isHeadAlone(List<String> lines) {
            return lines.subList(first + 1, end).stream().allMatch(Piece::isIdle);
        }

        boolean isBlank(List<String> lines) {
            return of(lines).stream().allMatch(Piece::isIdle);
        }
    }
}
