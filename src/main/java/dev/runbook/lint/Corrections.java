package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.language.Fact;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import dev.runbook.language.Written;
import dev.runbook.rule.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything that is corrected. */
final class Corrections {
    /** Microsoft's pages print {@code "service: pool.example.com"}; the blank makes it the name of nothing. */
    private static final Pattern SERVICE = Pattern.compile("(?i)(?<=\\bservice)([:：]\\s+|：)(?=\\S)");

    private Corrections() {}

    /** What makes a file YAML comes first: nothing else can be seen before. */
    static List<Fixer.Correction> all() {
        return List.of(
                new UnseenCharacters(),
                new BareTags(),
                new TextCorrection("a typographic character in T-SQL", Corrections::sql, Typography::inSql),
                new TextCorrection(
                        "a typographic character in the name of a cmdlet", Corrections::cmdlets, Typography::inCmdlet),
                new TextCorrection("a blank behind \"service:\"", Corrections::parameters, Corrections::service));
    }

    private static Stream<Text> sql(Runbook runbook) {
        Stream<Text> ofFacts = sources(runbook)
                .filter(Fact.Source.Query.class::isInstance)
                .map(source -> ((Fact.Source.Query) source).sql());
        Stream<Text> ofActions = Tasks.actions(runbook)
                .filter(Task.Action.Sql.class::isInstance)
                .map(action -> ((Task.Action.Sql) action).sql());
        return Stream.concat(ofFacts, ofActions);
    }

    private static Stream<Text> cmdlets(Runbook runbook) {
        Stream<Name> ofFacts = sources(runbook)
                .filter(Fact.Source.Cmdlet.class::isInstance)
                .map(source -> ((Fact.Source.Cmdlet) source).cmdlet());
        Stream<Name> ofActions = Tasks.actions(runbook)
                .filter(Task.Action.Cmdlet.class::isInstance)
                .map(action -> ((Task.Action.Cmdlet) action).cmdlet());
        return Stream.concat(ofFacts, ofActions).map(name -> new Text(name.text(), name.origin()));
    }

    private static Stream<Text> parameters(Runbook runbook) {
        Stream<Written> ofFacts = sources(runbook)
                .filter(Fact.Source.Cmdlet.class::isInstance)
                .map(source -> ((Fact.Source.Cmdlet) source).parameters());
        Stream<Written> ofActions = Tasks.actions(runbook)
                .filter(Task.Action.Cmdlet.class::isInstance)
                .map(action -> ((Task.Action.Cmdlet) action).parameters());
        return Stream.concat(ofFacts, ofActions).flatMap(Texts::of);
    }

    private static Stream<Fact.Source> sources(Runbook runbook) {
        return runbook.facts().values().stream().map(fact -> fact.source());
    }

    private static List<RawText.Edit> service(String value) {
        return SERVICE.matcher(value)
                .results()
                .map(found -> new RawText.Edit(found.start(), found.end(), ":"))
                .toList();
    }

    /**
     * Puts quotes around a value that begins with a tag: to YAML, {@code {{x}}} is a map in a map. Two ways lead here: the tag alone
     * is read as that map, and a tag with text after it is no YAML at all.
     */
    private static final class BareTags implements Fixer.Correction {
        /** A key or a dash, and after it a value up to a comment. */
        private static final Pattern LINE = Pattern.compile("(\\s*(?:- +)*(?:[\\w-]+: +)?)(\\{\\{.*?)(\\s+#.*|\\s*)");

        @Override
        public String what() {
            return "a tag without quotes";
        }

        @Override
        public List<List<RawText.Edit>> places(Fixer.Draft draft) {
            return draft.findings().stream()
                    .map(finding -> edits(draft, finding))
                    .filter(edits -> !edits.isEmpty())
                    .toList();
        }

        @Override
        public boolean succeeded(Fixer.Draft before, Fixer.Draft after) {
            // what was no YAML may show other mistakes once it is
            return places(after).size() < places(before).size()
                    || after.findings().size() < before.findings().size();
        }

        private static List<RawText.Edit> edits(Fixer.Draft draft, Diagnostic finding) {
            Position start = finding.span().start();
            Position end = finding.span().end();
            if (finding.rule().equals("unquoted-tag") && start.line() == end.line()) {
                return quotes(draft, start, end.column() - start.column());
            }
            Matcher line = LINE.matcher(draft.source().line(start.line()));
            boolean begins = finding.rule().equals("yaml") && line.matches() && line.start(2) == start.column() - 1;
            return begins ? quotes(draft, start, line.group(2).length()) : List.of();
        }

        private static List<RawText.Edit> quotes(Fixer.Draft draft, Position start, int length) {
            int offset = draft.text().offset(start);
            String line = draft.source().line(start.line());
            List<RawText.Edit> edits = new ArrayList<>();
            edits.add(RawText.Edit.insert(offset, "'"));
            for (int at = 0; at < length; at++) {
                if (line.charAt(start.column() - 1 + at) == '\'') {
                    edits.add(RawText.Edit.insert(offset + at, "'"));
                }
            }
            edits.add(RawText.Edit.insert(offset + length, "'"));
            return edits;
        }
    }

    /** Deletes what nobody can see and a runbook may not hold, such as blanks without width that come with a copied text. */
    private static final class UnseenCharacters implements Fixer.Correction {
        @Override
        public String what() {
            return "a character that nobody can see";
        }

        @Override
        public List<List<RawText.Edit>> places(Fixer.Draft draft) {
            return draft.findings().stream()
                    .filter(finding -> finding.rule().equals("control-character"))
                    .map(finding -> finding.span().start())
                    .filter(place -> Character.getType(draft.text().charAt(place)) == Character.FORMAT)
                    .map(place -> List.of(deletion(draft, place)))
                    .toList();
        }

        @Override
        public boolean succeeded(Fixer.Draft before, Fixer.Draft after) {
            return places(after).size() < places(before).size();
        }

        private static RawText.Edit deletion(Fixer.Draft draft, Position place) {
            int offset = draft.text().offset(place);
            return RawText.Edit.delete(offset, offset + 1);
        }
    }

    /**
     * Corrects characters of texts. What changes in a text is known before; the file is edited so that the text reads like that, in
     * whatever quotes it stands, and it is seen afterwards that it does.
     *
     * @param what is corrected, in the words of messages
     * @param texts those of a runbook that may hold the mistake
     * @param wrong the edits of one text, by its own offsets
     */
    private record TextCorrection(
            String what, Function<Runbook, Stream<Text>> texts, Function<String, List<RawText.Edit>> wrong)
            implements Fixer.Correction {
        @Override
        public List<List<RawText.Edit>> places(Fixer.Draft draft) {
            return draft.runbook().stream()
                    .flatMap(texts)
                    .map(text -> inFile(draft, text))
                    .filter(edits -> !edits.isEmpty())
                    .toList();
        }

        @Override
        public boolean succeeded(Fixer.Draft before, Fixer.Draft after) {
            List<String> old = raw(before);
            List<String> fresh = raw(after);
            return fresh.size() == old.size()
                    && after.findings().size() <= before.findings().size()
                    && IntStream.range(0, old.size()).allMatch(index -> isSame(old.get(index), fresh.get(index)));
        }

        private List<String> raw(Fixer.Draft draft) {
            return draft.runbook().stream().flatMap(texts).map(Text::raw).toList();
        }

        private boolean isSame(String old, String fresh) {
            return fresh.equals(old) || fresh.equals(new RawText(old).with(wrong.apply(old)));
        }

        /** The same edits by the offsets of the file; none if a character of the text is not written there as it is. */
        private List<RawText.Edit> inFile(Fixer.Draft draft, Text text) {
            char quote = draft.text().charAt(text.origin().span().start());
            List<RawText.Edit> edits = new ArrayList<>();
            for (RawText.Edit edit : wrong.apply(text.raw())) {
                for (int at = edit.start(); at < edit.end(); at++) {
                    Position place = text.origin().at(at);
                    if (draft.text().charAt(place) != text.raw().charAt(at)) {
                        return List.of();
                    }
                    String replacement = at == edit.start() ? quoted(edit.replacement(), quote) : "";
                    edits.add(RawText.Edit.replace(draft.text().offset(place), replacement));
                }
            }
            return edits;
        }

        private static String quoted(String replacement, char quote) {
            return switch (quote) {
                case '\'' -> replacement.replace("'", "''");
                case '"' -> replacement.replace("\"", "\\\"");
                default -> replacement;
            };
        }
    }
}
