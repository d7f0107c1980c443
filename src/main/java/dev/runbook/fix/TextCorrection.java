package dev.runbook.fix;

import dev.runbook.diagnostic.Position;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Corrects characters of texts. What changes in a text is known before; the file is edited so that the text reads like that, in
 * whatever quotes it stands, and it is seen afterwards that it does.
 *
 * @param what is corrected, in the words of messages
 * @param texts those of a runbook that may hold the mistake
 * @param wrong the edits of one text, by its own offsets
 */
record TextCorrection(String what, Function<Runbook, Stream<Text>> texts, Function<String, List<Edit>> wrong)
        implements Correction {
    @Override
    public List<List<Edit>> places(Draft draft) {
        return draft.runbook().stream()
                .flatMap(texts)
                .map(text -> inFile(draft, text))
                .filter(edits -> !edits.isEmpty())
                .toList();
    }

    @Override
    public boolean succeeded(Draft before, Draft after) {
        List<String> old = raw(before);
        List<String> fresh = raw(after);
        return fresh.size() == old.size()
                && after.findings().size() <= before.findings().size()
                && IntStream.range(0, old.size()).allMatch(index -> isSame(old.get(index), fresh.get(index)));
    }

    private List<String> raw(Draft draft) {
        return draft.runbook().stream().flatMap(texts).map(Text::raw).toList();
    }

    private boolean isSame(String old, String fresh) {
        return fresh.equals(old) || fresh.equals(new RawText(old).with(wrong.apply(old)));
    }

    /** The same edits by the offsets of the file; none if a character of the text is not written there as it is. */
    private List<Edit> inFile(Draft draft, Text text) {
        char quote = draft.text().charAt(text.origin().span().start());
        List<Edit> edits = new ArrayList<>();
        for (Edit edit : wrong.apply(text.raw())) {
            for (int at = edit.start(); at < edit.end(); at++) {
                Position place = text.origin().at(at);
                if (draft.text().charAt(place) != text.raw().charAt(at)) {
                    return List.of();
                }
                String replacement = at == edit.start() ? quoted(edit.replacement(), quote) : "";
                edits.add(Edit.replace(draft.text().offset(place), replacement));
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
