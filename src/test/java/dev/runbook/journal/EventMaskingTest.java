package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Masking;
import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are hidden in the texts of events; what a run is found and decided by is left as it is, whatever the secret is. */
class EventMaskingTest {
    /** Components that people wrote, or the world. */
    private static final Set<String> TEXTS = Set.of(
            "message",
            "meaning",
            "person",
            "text",
            "value",
            "question",
            "answer",
            "by",
            "reason",
            "byHand",
            "target",
            "harmless",
            "code",
            "details",
            "column",
            "found",
            "wanted",
            "how",
            "left",
            "leftOut",
            "said",
            "released",
            "variables");

    private final EventMasking events = new EventMasking();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "step",
                "prep",
                "event",
                "step-begun",
                "fact-asked",
                "jobs",
                "enabled jobs",
                "failed",
                "FAILED",
                "true",
                "name",
                "SKIP",
                "skip",
                "transient",
                "locked",
                "WHEN",
                "rows",
                "finding",
                "truth",
                "mgc_db",
                "text",
                "message",
                "work"
            })
    void aSecretThatIsAWordOfTheJournalChangesNoStructure(String secret) {
        Masking masking = Masking.of(List.of(new Value.Secret(secret)));
        List<RunEvent> all = List.of(
                new RunEvent.RunStarted(
                        1,
                        "run-1",
                        "20261121031209",
                        "prep",
                        "prep.yaml",
                        "digest",
                        Map.of("mgc_db", "x"),
                        new Actor("step", "prep", 1, "1")),
                new RunEvent.StepBegun("prep"),
                new RunEvent.FactAsked(
                        "prep",
                        Phase.WHEN,
                        "enabled jobs",
                        true,
                        Finding.cannotBeAsked(Trouble.of("locked", "somebody else"))),
                new RunEvent.Remembered("prep", "jobs", List.of()),
                new RunEvent.AttemptStarted(Work.of("prep"), 1, 1),
                new RunEvent.StepFailed("prep", Trouble.of("locked", "x"), true),
                new RunEvent.Decided("prep", Decision.SKIP, "x", "x"),
                new RunEvent.RollbackStarted(List.of("prep"), "x"),
                new RunEvent.RunStopped(Ending.FAILED_CHANGED, "x"));

        assertThat(all)
                .allSatisfy(event -> assertThat(events.mask(event, masking)).isEqualTo(event));
    }

    @Test
    void hidesASecretInTextsInRowsAndInTheNamesOfColumns() {
        Masking masking = Masking.of(List.of(new Value.Secret("hunter-22")));
        Row row = Row.of("is hunter-22", Value.of("of hunter-22"));

        assertThat(events.mask(new RunEvent.Remembered("1", "x", List.of(row)), masking))
                .isEqualTo(new RunEvent.Remembered("1", "x", List.of(Row.of("is ••••••", Value.of("of ••••••")))));
        assertThat(events.mask(
                                new RunEvent.FactAsked(
                                        "1",
                                        Phase.WHEN,
                                        "f",
                                        true,
                                        Finding.notTrue(
                                                List.of(row),
                                                List.of(new Finding.Mismatch(
                                                        "is hunter-22", "hunter-22", "x hunter-22")))),
                                masking)
                        .toString())
                .doesNotContain("hunter-22");
        assertThat(events.mask(
                                new RunEvent.StepFailed(
                                        "1",
                                        new Trouble(
                                                "hunter-22 Is Wrong,Microsoft.X",
                                                "lasting",
                                                false,
                                                "m hunter-22",
                                                List.of("d hunter-22"),
                                                Optional.empty()),
                                        true),
                                masking)
                        .toString())
                .doesNotContain("hunter-22");
    }

    @Test
    void hidesASecretInEveryDetailOfATroubleAndLeavesTheOthers() {
        Masking masking = Masking.of(List.of(new Value.Secret("hunter-22")));
        Trouble trouble =
                new Trouble("1", "lasting", false, "m", List.of("first", "d hunter-22"), Optional.of("f.yaml:1:2"));

        assertThat(events.mask(new RunEvent.StepInDoubt("1", trouble), masking))
                .isEqualTo(new RunEvent.StepInDoubt(
                        "1",
                        new Trouble(
                                "1", "lasting", false, "m", List.of("first", "d ••••••"), Optional.of("f.yaml:1:2"))));
    }

    @Test
    void everyComponentThatHoldsATextIsEitherMaskedOrLeftOnPurpose() {
        Set<String> known = new TreeSet<>(TEXTS);
        known.addAll(EventMasking.STRUCTURE);
        Set<String> found = new TreeSet<>();
        Deque<Class<?>> types = new ArrayDeque<>(List.of(RunEvent.class));
        Set<Class<?>> seen = new HashSet<>();
        while (!types.isEmpty()) {
            Class<?> type = types.pop();
            if (!seen.add(type)) {
                continue;
            }
            if (type.isSealed()) {
                types.addAll(Arrays.asList(type.getPermittedSubclasses()));
            }
            for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
                for (Class<?> part : parts(component.getGenericType())) {
                    if (part == String.class || part.isEnum()) {
                        found.add(component.getName());
                    } else if (part.isRecord() && part != Row.class) {
                        types.add(part);
                    }
                }
            }
        }

        assertThat(known)
                .as("in EventMasking.STRUCTURE, or among the texts here")
                .containsAll(found);
    }

    private static List<Class<?>> parts(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments())
                    .flatMap(argument -> parts(argument).stream())
                    .toList();
        }
        return type instanceof Class<?> plain ? List.of(plain) : List.of();
    }
}
