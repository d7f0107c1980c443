package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Value;
import dev.runbook.language.Fact;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.TranslationFile;
import dev.runbook.rehearsal.catalog.H2Catalog;
import dev.runbook.rehearsal.server.Catalog.Answer;
import dev.runbook.rehearsal.server.Catalog.Asking;
import dev.runbook.rehearsal.tds.Column;
import dev.runbook.tsql.SelectList;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of the shipped runbooks can be evaluated on both scenes, and has the columns that its text says. */
class ShippedQueriesTest {
    private static final Pattern TAG = Pattern.compile("\\{\\{([a-z_]+)(?:\\.(\\w+))?\\}\\}", Pattern.CASE_INSENSITIVE);

    @TempDir
    private static Path folder;

    private static H2Catalog catalog;
    private static List<Estate> estates;

    @BeforeAll
    static void start() throws IOException {
        catalog = new H2Catalog(Clock.systemUTC());
        estates = List.of(
                Rehearsals.start("dc1-lost", folder.resolve("lost")),
                Rehearsals.start("dc1-rebuilt", folder.resolve("rebuilt")));
    }

    @AfterAll
    static void close() {
        estates.forEach(Estate::close);
        catalog.close();
    }

    @ParameterizedTest
    @MethodSource
    void canBeEvaluated(String server, String sql) {
        for (Estate estate : estates) {
            String filled = filled(sql, estate.site());
            Asking asking = new Asking(
                    estate.state().find(server(estate, server)).orElseThrow().name(), 60, "master");
            Answer answer = catalog.query(estate.state(), asking, filled, List.of());
            assertThat(answer).as(filled).isInstanceOf(Answer.Rows.class);
            List<String> labels =
                    ((Answer.Rows) answer).columns().stream().map(Column::name).toList();
            assertThat(labels).isEqualTo(SelectList.columns(sql).orElseThrow());
        }
    }

    private static boolean isRunbook(Path file) {
        return TranslationFile.runbook(file.getFileName().toString()).isEmpty();
    }

    static List<Arguments> canBeEvaluated() throws IOException {
        List<Arguments> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("runbooks"))) {
            for (Path file :
                    files.filter(ShippedQueriesTest::isRunbook).sorted().toList()) {
                for (Fact fact : runbook(file).facts().values()) {
                    if (fact.source() instanceof Fact.Source.Query query
                            && !query.sql().raw().startsWith("RESTORE")) {
                        queries.add(Arguments.of(
                                query.server().text(),
                                Named.of(
                                        file.getFileName() + ": " + fact.name().text(),
                                        query.sql().raw())));
                    }
                }
            }
        }
        assertThat(queries).hasSizeGreaterThan(50);
        return queries;
    }

    private static Runbook runbook(Path file) {
        Checked<Runbook> checked =
                new RunbookReader().read(SourceReader.read(file).value().orElseThrow());
        return checked.value().orElseThrow();
    }

    private static String server(Estate estate, String variable) {
        return ((Value.Fields) estate.site().get(variable))
                .values()
                .get("server")
                .text();
    }

    private static String filled(String sql, Map<String, Value> site) {
        return TAG.matcher(sql).replaceAll(tag -> Matcher.quoteReplacement(sample(tag, site)));
    }

    private static String sample(MatchResult tag, Map<String, Value> site) {
        Value value = site.get(tag.group(1));
        if (value != null) {
            return value.text();
        }
        boolean number = tag.group(2) != null && tag.group(2).matches(".*(LSN|_rows|_tables)");
        return number ? "21000000001200001" : "sample";
    }
}
