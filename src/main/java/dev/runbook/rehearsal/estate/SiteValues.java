package dev.runbook.rehearsal.estate;

import dev.runbook.base.Value;
import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.scene.EstateSpec.ServerSpec;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.rehearsal.scene.Scene.VariableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    private Value value(VariableSpec variable) {
        if (variable instanceof VariableSpec.Plain plain) {
            return plain.value();
        }
        if (variable instanceof VariableSpec.Folder folder) {
            return Value.of(folders.of(folder.name()).toString());
        }
        if (variable instanceof VariableSpec.Shell shell) {
            return shell(shell);
        }
        return server(((VariableSpec.Server) variable).id());
    }

    private Value shell(VariableSpec.Shell shell) {
        boolean ready = shell.remote().filter(VariableSpec.Remote::ready).isPresent();
        Map<String, Value> fields = new LinkedHashMap<>();
        if (!ready) {
            fields.put("modules", Value.of(shell.modules()));
        }
        fields.put("program", Value.of(program));
        shell.remote().ifPresent(remote -> fields.put("remote", remote(remote)));
        return new Value.Fields(fields);
    }

    private Value remote(VariableSpec.Remote remote) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(remote.ready() ? "connection-uri" : "computer", Value.of(remote.place()));
        fields.put("user", Value.of(remote.user()));
        fields.put("password", passwords.of(remote.user(), remote.password()));
        return new Value.Fields(fields);
    }

    private Value server(String id) {
        ServerSpec server = scene.everyServer().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(scene::described)
                .orElseThrow();
        Server.Login login = server.login();
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("server", Value.of(server.name()));
        fields.put("authentication", Value.of("sql"));
        fields.put("user", Value.of(login.name()));
        fields.put("password", passwords.of(login.name(), login.password()));
        fields.put("encrypt", Value.of(String.valueOf(server.encrypt())));
        fields.put("trust-server-certificate", Value.of("true"));
        fields.put("address", Value.of(addresses.apply(id)));
        return new Value.Fields(fields);
    }

    /** Writes values as a site file. */
    static final class SiteText {
        private SiteText() {}

        /** One line for each variable. */
        static String of(String title, Map<String, Value> variables) {
            return "# " + title.replaceAll("\\s+", " ") + "\n"
                    + variables.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + text(entry.getValue()) + "\n")
                            .collect(Collectors.joining());
        }

        private static String text(Value value) {
            if (value instanceof Value.Items items) {
                return items.values().stream().map(SiteText::text).collect(Collectors.joining(", ", "[", "]"));
            }
            if (value instanceof Value.Fields fields) {
                return fields.values().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            }
            return "'" + value.text().replace("'", "''") + "'";
        }
    }

    /**
     * How a site is told the passwords of its servers and shells. A run in another process keeps no password in its folder, and has
     * to find it again when it is resumed: it gets a file for each login. In memory the password itself will do.
     *
     * @param folder where the files lie
     */
    record Passwords(Optional<Path> folder) {
        /** Writes a file for each login of a scene. */
        static Passwords inFiles(Scene scene, Path folder) throws IOException {
            Passwords passwords = new Passwords(Optional.of(folder));
            for (ServerSpec server : scene.everyServer()) {
                Server.Login login = scene.described(server).login();
                Files.writeString(file(folder, login.name(), login.password()), login.password());
            }
            for (VariableSpec.Remote remote : scene.remoteShells()) {
                Files.writeString(file(folder, remote.user(), remote.password()), remote.password());
            }
            return passwords;
        }

        /** What a site file says of the password of a login. */
        Value of(String user, String password) {
            return folder.<Value>map(within -> new Value.Fields(
                            Map.of("file", Value.of(file(within, user, password).toString()))))
                    .orElseGet(() -> Value.of(password));
        }

        /** Two logins of one name may have different passwords. */
        private static Path file(Path within, String user, String password) {
            return within.resolve("password-" + Integer.toHexString(Objects.hash(user, password)) + ".txt");
        }
    }
}
