package dev.runbook.rehearsal.estate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What can be typed into the window of an estate: what people would do by hand while a run in another window continues. Answers
 * are plain texts.
 */
public final class EstateConsole {
    private static final String HELP = """
        confirm STEP              do what the scene says that people do by hand at this step
        transition NAME           let a transition of the scene happen
        down SERVER, up SERVER    let a server fail, or come back
        show                      how everything stands
        help                      this list
        Ctrl-C ends the estate.
        """;

    private final Estate estate;

    /** A console of an estate. */
    public EstateConsole(Estate estate) {
        this.estate = estate;
    }

    /**
     * Carries out one line.
     *
     * @param line as typed; a name may stand in double quotes
     * @return what to print, whole lines; empty for an empty line
     */
    public String answer(String line) {
        String[] words = line.strip().split("\\s+", 2);
        String argument = words.length < 2 ? "" : unquoted(words[1].strip());
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "" -> "";
            case "show" -> estate.projection();
            case "confirm" -> confirmed(argument);
            case "transition" -> transition(argument);
            case "up" -> server(argument, true);
            case "down" -> server(argument, false);
            case "help", "?" -> HELP;
            default -> "There is no command \"" + words[0] + "\".\n" + HELP;
        };
    }

    private String confirmed(String step) {
        List<String> done = estate.confirmed(step);
        return done.isEmpty()
                ? "The scene says nothing about step \"" + step + "\". It does about: "
                        + String.join(", ", estate.scene().onConfirm().keySet()) + ".\n"
                : done.stream().map(sentence -> sentence + "\n").collect(Collectors.joining());
    }

    private String transition(String name) {
        return estate.transition(name)
                .map(happened -> "\"" + happened + "\" has happened.\n")
                .orElseGet(() -> "The scene has no transition \"" + name + "\". It has: "
                        + estate.scene().transitions().stream()
                                .map(known -> "\"" + known.name() + "\"")
                                .collect(Collectors.joining(", "))
                        + ".\n");
    }

    private String server(String id, boolean up) {
        return estate.up(id, up)
                ? id + (up ? " is up.\n" : " is down.\n")
                : "The scene has no server \"" + id + "\". It has: "
                        + estate.scene().everyServer().stream()
                                .map(server -> server.id())
                                .collect(Collectors.joining(", "))
                        + ".\n";
    }

    private static String unquoted(String argument) {
        boolean quoted = argument.length() > 1 && argument.startsWith("\"") && argument.endsWith("\"");
        return quoted ? argument.substring(1, argument.length() - 1) : argument;
    }
}
