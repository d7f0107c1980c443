package dev.runbook.fact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.diagnostic.Source;
import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.FileSystemEndpoint;
import dev.runbook.endpoint.Shell;
import dev.runbook.endpoint.ShellTarget;
import dev.runbook.endpoint.SqlServer;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.files.LocalFiles;
import dev.runbook.event.Finding;
import dev.runbook.load.RunbookLoader;
import dev.runbook.model.Runbook;
import dev.runbook.site.Bound;
import dev.runbook.site.Site;
import dev.runbook.template.Binding;
import dev.runbook.template.Scope;
import dev.runbook.value.Value;
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

    private FactAsker asker() {
        Value.Text path = (Value.Text) Value.of(folder.toString());
        Site site = new Site(
                Map.of("folder", new Bound.Plain(path, true), "names", new Bound.Plain(NAMES)), "run", "stamp");
        return new FactAsker(
                runbook(),
                site,
                Scope.EMPTY.with("folder", new Binding.One(path, true)),
                new FilesOnly(folder),
                new Cancellation());
    }

    private static Runbook runbook() {
        Source source = Source.of("many.yaml", """
                runbook: many
                variables: {folder: {type: path}, names: {type: list}}
                facts:
                  log backups: {files: '{{folder}}/*.trn'}
                  every file is empty: {for-each: names, files: '{{folder}}/{{each}}.trn', expect: {size: 0}}
                steps: [{step: 1, title: see, require: log backups}]
                """);
        return new RunbookLoader().load(source).value().orElseThrow();
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
