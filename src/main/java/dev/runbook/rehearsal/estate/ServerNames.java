package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Setting;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the servers of a scene call themselves.
 *
 * @param byId {@code @@SERVERNAME} by the name within the scene
 */
public record ServerNames(Map<String, String> byId) {
    /** Copies the map. */
    public ServerNames {
        byId = Map.copyOf(byId);
    }

    /** Those of all servers of a scene. */
    public static ServerNames of(Scene scene) {
        return new ServerNames(
                scene.everyServer().stream().collect(Collectors.toMap(Setting.ServerSpec::id, ServerNames::name)));
    }

    /** The name of a server of the scene; the scene was checked, so that there is one. */
    public String of(String id) {
        return byId.get(id);
    }

    private static String name(Setting.ServerSpec server) {
        return new Server.Identity(server.host(), server.instance().orElse(""), server.version()).name();
    }
}
