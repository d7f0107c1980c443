package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What the variables of runbooks are in an estate, in the words of a site file. */
final class SiteValues {
    private final Scene scene;
    private final Folders folders;
    private final Function<String, String> addresses;
    private final String program;
    private final Passwords passwords;

    /**
     * The values of one estate.
     *
     * @param addresses where each server is dialled, by its name in the scene
     * @param program of the management shell
     * @param passwords how logins are told
     */
    SiteValues(Scene scene, Folders folders, Function<String, String> addresses, String program, Passwords passwords) {
        this.scene = scene;
        this.folders = folders;
        this.addresses = addresses;
        this.program = program;
        this.passwords = passwords;
    }

    /** By variable, in the order of the scene. */
    Map<String, Value> all() {
        Map<String, Value> values = new LinkedHashMap<>();
        scene.variables().forEach((name, variable) -> values.put(name, value(variable)));
        return Collections.unmodifiableMap(values);
    }

    private Value value(Scene.VariableSpec variable) {
        if (variable instanceof Scene.VariableSpec.Plain plain) {
            return plain.value();
        }
        if (variable instanceof Scene.VariableSpec.Folder folder) {
            return Value.of(folders.of(folder.name()).toString());
        }
        if (variable instanceof Scene.VariableSpec.Shell shell) {
            return shell(shell);
        }
        return server(((Scene.VariableSpec.Server) variable).id());
    }

    private Value shell(Scene.VariableSpec.Shell shell) {
        boolean ready = shell.remote().filter(Scene.VariableSpec.Remote::ready).isPresent();
        Map<String, Value> fields = new LinkedHashMap<>();
        if (!ready) {
            fields.put("modules", Value.of(shell.modules()));
        }
        fields.put("program", Value.of(program));
        shell.remote().ifPresent(remote -> fields.put("remote", remote(remote)));
        return new Value.Fields(fields);
    }

    private Value remote(Scene.VariableSpec.Remote remote) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(remote.ready() ? "connection-uri" : "computer", Value.of(remote.place()));
        fields.put("user", Value.of(remote.user()));
        fields.put("password", passwords.of(remote.user(), remote.password()));
        return new Value.Fields(fields);
    }

    private Value server(String id) {
        Setting.ServerSpec server = scene.everyServer().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(scene::described)
                .orElseThrow();
        Setting.ServerSpec.Login login = server.login();
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("server", Value.of(server.name()));
        fields.put("authentication", Value.of("sql"));
        fields.put("user", Value.of(login.user()));
        fields.put("password", passwords.of(login.user(), login.password()));
        fields.put("encrypt", Value.of(String.valueOf(server.encrypt())));
        fields.put("trust-server-certificate", Value.of("true"));
        fields.put("address", Value.of(addresses.apply(id)));
        return new Value.Fields(fields);
    }
}
