package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingTextTest {
    @Test
    void showsOfAWideRowWhatSomebodyLooksAtFirstAndCountsTheRest() {
        Map<String, Value> columns = new LinkedHashMap<>();
        IntStream.range(0, 50).forEach(i -> columns.put("Column" + i, Value.of("value " + i)));
        Finding header = Finding.found(List.of(new Row(columns))).led(Set.of("Column41", "Column47")::contains);

        assertThat(FindingText.found(header, true))
                .isEqualTo("found 1 row (Column41 value 41, Column47 value 47, Column0 value 0, Column1 value 1"
                        + " and 46 more)");
    }

    @Test
    void countsNothingWhereTheRowFits() {
        Finding one = Finding.found(List.of(Row.of("name", Value.of("mgc"))));
        assertThat(FindingText.found(one, true)).isEqualTo("found 1 row (name mgc)");
    }
}
