package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.sql.JdbcSqlServer;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.SceneFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Estates for tests. */
final class Rehearsals {
    private Rehearsals() {}

    /** An estate in which nothing takes longer than it must. */
    static Estate start(String scene, Path folder) throws IOException {
        return start(scene(scene), folder);
    }

    /** One with more lines at the end of its scene. */
    static Estate start(String scene, String more, Path folder) throws IOException {
        return changed(scene, text -> text + more, folder);
    }

    /** One with a scene that is a little different. */
    static Estate changed(String scene, UnaryOperator<String> change, Path folder) throws IOException {
        Path changed = Files.createTempFile("scene", ".yaml");
        try {
            Files.writeString(changed, change.apply(SceneFiles.text(scene).orElseThrow()));
            return start(scene(changed.toString()), folder);
        } finally {
            Files.delete(changed);
        }
    }

    /** One that other processes can reach, through this command. */
    static Estate reachable(String scene, List<String> relay, Path folder) throws IOException {
        return start(scene(scene), relay, folder);
    }

    private static Estate start(Scene scene, Path folder) throws IOException {
        return start(scene, List.of(), folder);
    }

    private static Estate start(Scene scene, List<String> relay, Path folder) throws IOException {
        Random random = new Random(7);
        return Estate.start(
                scene,
                new EstateConfig(
                        folder,
                        Clock.systemUTC(),
                        duration -> {},
                        () -> new UUID(random.nextLong(), random.nextLong()),
                        relay));
    }

    static Scene scene(String name) {
        return SceneFiles.find(name).value().orElseThrow();
    }

    /** A connection as a run makes it, from the values of the site. */
    static JdbcSqlServer connect(Estate estate, String variable) {
        return JdbcSqlServer.of(target(estate, variable), "runbook test");
    }

    static SqlTarget target(Estate estate, String variable) {
        var fields = ((Value.Fields) estate.site().get(variable)).values();
        String name = fields.get("server").text();
        int slash = name.indexOf('\\');
        return new SqlTarget(
                name.substring(0, slash),
                Optional.of(name.substring(slash + 1)),
                OptionalInt.empty(),
                new SqlTarget.Login.Sql(
                        fields.get("user").text(),
                        new Value.Secret(fields.get("password").text())),
                fields.get("encrypt").text().equals("true") ? SqlTarget.Encryption.TRUE : SqlTarget.Encryption.FALSE,
                true,
                Optional.of(fields.get("address").text()),
                Optional.empty());
    }
}
