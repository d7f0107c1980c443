package dev.runbook.rule.step;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Fact;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Texts;
import dev.runbook.rule.About;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A text that sends people to a step that there is not. */
public final class UnknownStep implements Rule {
    private static final About ABOUT = About.warning(
                    "unknown-step", "A text names a step that the runbook does not have.")
            .reaching(Reach.NAMES)
            .because("Advice is read when something has failed. Whoever looks for that step then does not find it.")
            .bad("""
                    steps:
                      - step: 1
                        title: Clear the active list
                        confirm: Users are without chat until step 7.2 is done. Begin?
                      - step: 7
                        title: Set the pool back to normal
                        confirm: Is it?
                    """)
            .good("""
                    steps:
                      - step: 1
                        title: Clear the active list
                        confirm: Users are without chat until step 7 is done. Begin?
                      - step: 7
                        title: Set the pool back to normal
                        confirm: Is it?
                    """);

    /** An id that begins with a digit; a full stop behind it ends the sentence. What follows "of" is another runbook's. */
    private static final Pattern STEP =
            Pattern.compile("\\b[Ss]tep (\\d[A-Za-z0-9.-]*)(?! of (?:the|that|another)\\b)(?![A-Za-z0-9.-])");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return texts(runbook)
                .flatMap(text -> STEP.matcher(text.raw())
                        .results()
                        .flatMap(found -> finding(runbook, text, found.start(1), found.group(1))))
                .toList();
    }

    private Stream<Diagnostic> finding(Runbook runbook, Text text, int start, String written) {
        String id = written.replaceFirst("[.-]+$", "");
        List<String> known =
                runbook.steps().stream().map(step -> step.id().text()).toList();
        return known.contains(id)
                ? Stream.empty()
                : Stream.of(finding(
                        about().severity(),
                        text.origin(),
                        text.origin().span(start, start + id.length()),
                        "There is no step " + id + "." + Suggestion.didYouMean(id, known)));
    }

    /** What people read. */
    private static Stream<Text> texts(Runbook runbook) {
        Stream<Text> steps = runbook.steps().stream()
                .flatMap(step -> Stream.of(
                                step.description().stream(),
                                step.confirm().stream().map(confirm -> confirm.message()),
                                step.advice().byError().values().stream(),
                                step.advice().otherwise().stream(),
                                step.rollback().stream().flatMap(Texts::of))
                        .flatMap(texts -> texts));
        return Stream.of(
                        runbook.description().stream(),
                        steps,
                        runbook.facts().values().stream().flatMap(UnknownStep::texts))
                .flatMap(texts -> texts);
    }

    private static Stream<Text> texts(Fact fact) {
        return Stream.of(
                        fact.description().stream(),
                        fact.advice().byError().values().stream(),
                        fact.advice().otherwise().stream())
                .flatMap(texts -> texts);
    }
}
