package dev.runbook.cli;

import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** For whom the account works that gives a command. */
final class ByOption {
    private static final Pattern NAME = Pattern.compile("\\S(.{0,98}\\S)?");

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "For whom this account gives the command: the journal says \"NAME, as ACCOUNT@HOST\" where it says"
                            + " who. Not proved by anything: the account vouches for it.")
    private Optional<String> name = Optional.empty();

    /** The same context, in which the account works for that person; as they are where nobody is named. */
    CliContext in(CliContext context) {
        name.filter(one -> !NAME.matcher(one).matches() || one.chars().anyMatch(Character::isISOControl))
                .ifPresent(one -> {
                    throw Refusal.usage("--by needs a name of up to 100 characters on one line, such as --by alice.");
                });
        return name.map(context::by).orElse(context);
    }

    /** By whom something was given with an option, for the journal: the option alone where no person is named. */
    static String given(String option, CliContext context) {
        return context.actor().person().isEmpty() ? option : context.actor().name() + " with " + option;
    }
}
