package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Actor;
import dev.runbook.event.AgreedPlan;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the page of the format against the events. */
class JournalPageTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| ((?:`\\w+`(?:, )?)+) \\| ");

    @Test
    void namesEveryEventWithItsProperties() throws IOException {
        Map<String, String> written = new TreeMap<>();
        ROW.matcher(page())
                .results()
                .filter(row -> !List.of("plan", "work", "trouble", "finding").contains(row.group(1)))
                .forEach(row -> written.put(row.group(1), row.group(2)));
        Map<String, String> real = new TreeMap<>();
        events(RunEvent.class).forEach(type -> real.put(EventCodec.nameOf(type), components(type)));

        assertThat(written).isEqualTo(real);
    }

    @Test
    void namesWhatStandsWithinAProperty() throws IOException {
        assertThat(page())
                .contains("| " + components(Actor.class) + " |")
                .contains("| `plan` | " + components(AgreedPlan.class) + " |")
                .contains("| `work` | " + components(Work.class) + " |")
                .contains("| `trouble` | " + components(Trouble.class) + " |")
                .contains("| `finding` | " + components(Finding.class) + " |")
                .contains("| " + components(Finding.Mismatch.class) + " |");
    }

    @Test
    void namesEveryWord() throws IOException {
        Stream<Enum<?>[]> words = Stream.of(Phase.values(), Decision.values(), Ending.values(), Finding.Truth.values());

        assertThat(words.flatMap(Arrays::stream))
                .allSatisfy(word -> assertThat(page()).contains("`" + word.name() + "`"));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/journal.md"));
    }

    private static Stream<Class<?>> events(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses())
                        .<Class<?>>flatMap(JournalPageTest::events)
                        .distinct();
    }

    private static String components(Class<?> type) {
        return String.join(
                ", ",
                Arrays.stream(type.getRecordComponents())
                        .map(component -> "`" + component.getName() + "`")
                        .toList());
    }
}
