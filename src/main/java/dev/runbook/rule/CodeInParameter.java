package dev.runbook.rule;

import dev.runbook.base.Diagnostic;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Text;
import dev.runbook.language.Texts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A tag in a parameter that the cmdlet runs as code, where no quoting protects it. */
final class CodeInParameter extends Rule {
    /** Run as code whatever the cmdlet is. */
    private static final Set<String> EVERYWHERE = Set.of(
            "scriptblock",
            "initializationscript",
            "filterscript",
            "encodedcommand",
            "typedefinition",
            "memberdefinition");

    private static final Map<String, Set<String>> OF_CMDLET = Map.of(
            "invoke-expression", Set.of("command"),
            "invoke-command", Set.of("command"),
            "start-job", Set.of("command", "filepath"),
            "invoke-sqlcmd", Set.of("query", "variable"),
            "invoke-dbaquery", Set.of("query"),
            "invoke-wmimethod", Set.of("argumentlist"),
            "invoke-cimmethod", Set.of("arguments", "query"),
            "register-scheduledjob", Set.of("command", "filepath"),
            "start-process", Set.of("argumentlist", "args"));

    /** Programs that take code for an argument. */
    private static final Pattern SHELL =
            Pattern.compile("(?i).*\\b(powershell|pwsh|cmd|wscript|cscript|mshta|bash|sh|python)\\b.*");

    CodeInParameter() {
        super(About.error("code-in-parameter", "A tag stands in a parameter that is run as code.")
                .always()
                .because("Parameters are data. A cmdlet that runs one of them as a script, a command line or T-SQL"
                        + " makes code of the value that is filled in, and whoever sets the value decides what is"
                        + " run.")
                .bad("""
                    steps:
                      - step: 1
                        title: Copy the folder
                        cmdlet: Invoke-Expression # runbook-lint: disable=unknown-cmdlet -- part of PowerShell
                        parameters: {Command: 'robocopy {{log_share}} D:\\copy'}
                        retry: 2
                        rollback: {not-needed: the copies do no harm}
                    """)
                .good("""
                    steps:
                      - step: 1
                        title: Copy the log backups
                        copy-files: {from: '{{log_share}}', to: '{{copy_dir}}', include: '*.trn'}
                        retry: 2
                    """));
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook).flatMap(this::findings).toList();
    }

    private Stream<Diagnostic> findings(CmdletUse use) {
        return use.parameters().keys().stream()
                .filter(parameter -> isCode(use, parameter))
                .flatMap(parameter -> Texts.of(use.parameters().values().get(parameter.text()))
                        .filter(Text::hasTags)
                        .map(text -> finding(
                                text.origin(),
                                use.cmdlet() + " runs " + parameter
                                        + " as code, and no quoting protects a value in it. Write a"
                                        + " cmdlet that takes the value as a parameter of its own.")));
    }

    private static boolean isCode(CmdletUse use, Name parameter) {
        String cmdlet = use.cmdlet().text().toLowerCase(Locale.ROOT);
        String bare = cmdlet.substring(cmdlet.lastIndexOf('\\') + 1);
        String name = parameter.text().toLowerCase(Locale.ROOT);
        boolean listed = EVERYWHERE.contains(name)
                || OF_CMDLET.getOrDefault(bare, Set.of()).contains(name);
        return listed && (!bare.equals("start-process") || EVERYWHERE.contains(name) || startsShell(use));
    }

    private static boolean startsShell(CmdletUse use) {
        return use.value("FilePath").stream()
                .flatMap(Texts::of)
                .anyMatch(text -> text.hasTags() || SHELL.matcher(text.raw()).matches());
    }
}
