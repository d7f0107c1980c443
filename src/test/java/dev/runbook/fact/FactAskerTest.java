package dev.runbook.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.files.LocalFiles;
import dev.runbook.event.Finding;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.site.ResolvedValue;
import dev.runbook.site.Site;
import dev.runbook.template.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactAskerTest {
    private static final int MANY = Finding.MOST_ROWS + 100;

    private static final Value NAMES = new Value.Items(List.of(Value.of("a"), Value.of("b"), Value.of("c")));

    @TempDir
    private Path folder;

    @Test
    void goesOverEveryRowOfAFactHoweverMany() throws IOException {
        for (int i = 0; i < MANY; i++) {
            Files.writeString(folder.resolve("mgc_" + i + ".trn"), "");
        }
        assertThat(asker().items(runbook().facts().get("log backups").name()))
                .isInstanceOfSatisfying(
                        FactAsker.Items.These.class,
                        these -> assertThat(these.all()).hasSize(MANY));
        assertThat(asker().ask("log backups").count()).isEqualTo(MANY);
    }

    @Test
    void namesTheItemThatHasNoRowAndTheOneThatIsNotAsWanted() throws IOException {
        Files.writeString(folder.resolve("a.trn"), "");
        Files.writeString(folder.resolve("b.trn"), "longer");

        assertThat(asker().ask("every file is empty").mismatches())
                .containsExactly(
                        new Finding.Mismatch("c", "nothing", "a row"), new Finding.Mismatch("b: size", "6", "0"));
    }

    @Test
    void ordersAColumnThatMixesNumbersAndTextsAsTexts() throws IOException {
        List<String> names = List.of(
                "38d", "233", "8c", "203", "625", "473", "268", "366", "515", "34", "57a", "43", "728", "547", "493",
                "72d", "390", "948", "667", "47", "273", "445", "747", "923", "69", "258", "133", "447", "817", "77",
                "261", "840", "785", "297", "53b", "596", "160", "638", "951", "735", "12c", "887", "958", "16d", "54b",
                "469", "546", "762", "172", "219", "86a", "68b", "74b", "655", "65", "548", "74d", "844", "54c", "91d",
                "805", "341", "52d", "16a");
        for (String name : names) {
            Files.writeString(folder.resolve(name), "");
        }

        assertThat(asker().ask("ordered by name").rows())
                .extracting(row -> row.get("name").orElseThrow().text())
                .containsExactlyElementsOf(names.stream().sorted().toList());
    }

    @Test
    void ordersAColumnOfNumbersByTheirValue() throws IOException {
        for (String name : List.of("10", "9", "100", "1e1")) {
            Files.writeString(folder.resolve(name), "");
        }

        assertThat(asker().ask("ordered by name").rows())
                .extracting(row -> row.get("name").orElseThrow().text())
                .containsExactly("9", "10", "1e1", "100");
    }

    @Test
    void ofTwoColumnsOfOneNameARowHasThatOfTheAnswer() throws IOException {
        Files.writeString(folder.resolve("a.trn"), "longer");

        Finding finding = asker().ask("every log backup is empty");

        assertThat(finding.mismatches()).containsExactly(new Finding.Mismatch("size", "6", "0"));
        assertThat(finding.rows().get(0).names()).containsExactly("name", "path", "size", "modified");
    }

    @Test
    void aBoundThatIsNoNumberCannotBeCompared() throws IOException {
        Files.writeString(folder.resolve("a.trn"), "longer");

        for (String fact : List.of("big files", "all are big", "none is big")) {
            Finding finding = asker().ask(fact);

            assertThat(finding.truth()).as(fact).isEqualTo(Finding.Truth.CANNOT_BE_ASKED);
            assertThat(finding.trouble().orElseThrow().message())
                    .contains("cannot be compared")
                    .contains("10 MB");
        }
    }

    @Test
    void namesTheFactOfAChainThatDecidedAndNoneThatHolds() throws IOException {
        assertThat(asker().ask("every log backup is empty").decidedBy()).contains("log backups");

        Files.writeString(folder.resolve("a.trn"), "longer");

        assertThat(asker().ask("every log backup is empty").decidedBy()).contains("every log backup is empty");
        assertThat(asker().ask("log backups").decidedBy()).isEmpty();
    }

    private FactAsker asker() {
        Value.Text path = (Value.Text) Value.of(folder.toString());
        Site site = new Site(
                Map.of("folder", new ResolvedValue.Plain(path, true), "names", new ResolvedValue.Plain(NAMES)),
                "run",
                "stamp");
        return new FactAsker(
                runbook(),
                site,
                Scope.EMPTY
                        .with("folder", new Scope.Binding.One(path, true))
                        .with("least", new Scope.Binding.One(Value.of("10 MB"))),
                new FilesOnly(folder),
                new Cancellation());
    }

    private static Runbook runbook() {
        Source source = Source.of("many.yaml", """
                runbook: many
                variables: {folder: {type: path}, names: {type: list}, least: {type: text}}
                facts:
                  log backups: {files: '{{folder}}/*.trn'}
                  ordered by name: {files: '{{folder}}/*', order-by: [name]}
                  big files: {files: '{{folder}}/*', where: {size: {at-least: '{{least}}'}}}
                  all are big: {files: '{{folder}}/*', expect: {size: {at-most: '{{least}}'}}}
                  none is big: {files: '{{folder}}/*', expect: {size: {not: {at-least: '{{least}}'}}}}
                  every log backup is empty: {for-each: log backups, files: '{{folder}}/{{each.name}}', expect: {size: 0}}
                  every file is empty: {for-each: names, files: '{{folder}}/{{each}}.trn', expect: {size: 0}}
                steps: [{step: 1, title: see, require: log backups}]
                """);
        return new RunbookReader().read(source).value().orElseThrow();
    }

    /** An estate that has files alone. */
    private record FilesOnly(FileSystemEndpoint files) implements Endpoints {
        FilesOnly(Path folder) {
            this(new LocalFiles(folder.getFileSystem()));
        }

        @Override
        public SqlServer sqlServer(SqlTarget target) {
            throw new AssertionError(target);
        }

        @Override
        public Shell shell(ShellTarget target) {
            throw new AssertionError(target);
        }

        @Override
        public void close() {}
    }
}
