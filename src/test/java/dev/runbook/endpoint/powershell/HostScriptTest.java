package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be seen of the host script where no PowerShell is: that Windows PowerShell 3.0 could read it at all. */
class HostScriptTest {
    private static final String SCRIPT =
            new String(Base64.getDecoder().decode(new HostStart.Bootstrap("00").script()), StandardCharsets.UTF_8);

    /** The cmdlets of PowerShell that it calls, all there in 3.0. */
    private static final Set<String> CMDLETS = Set.of(
            "ConvertFrom-Json",
            "ForEach-Object",
            "New-Object",
            "New-PSSession",
            "New-PSSessionOption",
            "Remove-PSSession",
            "Where-Object");

    /** Names of cmdlets that it sends elsewhere, as texts. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w$.-])[A-Z][a-z]+-[A-Z]\\w+");

    @Test
    void isAsciiForTheCodePageOfAConsoleIsAnybodysGuess() {
        assertThat(SCRIPT.chars().allMatch(c -> c == '\n' || c >= ' ' && c <= '~'))
                .isTrue();
    }

    @Test
    void opensAndClosesEveryBracketOutsideOfTexts() {
        String code = code();
        Deque<Character> open = new ArrayDeque<>();
        for (char c : code.toCharArray()) {
            if ("({[".indexOf(c) >= 0) {
                open.push(c);
            } else if (")}]".indexOf(c) >= 0) {
                assertThat("({[".indexOf(open.pop())).isEqualTo(")}]".indexOf(c));
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void callsNothingButItsOwnFunctionsAndCmdletsOfTheOldestVersion() {
        String code = code();
        Set<String> known = new TreeSet<>(CMDLETS);
        Matcher functions = Pattern.compile("(?m)^function ([A-Za-z-]+)").matcher(code);
        while (functions.find()) {
            known.add(functions.group(1));
        }
        Set<String> called =
                WORD.matcher(code).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
        assertThat(known).containsAll(called);
        assertThat(called).contains("Open-Remote", "New-PSSession", "Show-Error");
    }

    @Test
    void usesNoSyntaxOfLaterVersionsAndNeverTheVariableThatWouldEatItsInput() {
        assertThat(code())
                .doesNotContain("??", "?.", "&&", "||", "-AsHashtable", "::new(")
                .doesNotContainPattern("(?m)^\\s*(class|enum|using) ")
                .doesNotContainPattern("\\s\\?\\s");
        assertThat(SCRIPT.toLowerCase(Locale.ROOT)).doesNotContain("$input");
    }

    /** The script without comments and texts. In double quotes a backtick takes the next character along. */
    private static String code() {
        StringBuilder code = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < SCRIPT.length(); i++) {
            char c = SCRIPT.charAt(i);
            if (quote != 0) {
                i += quote == '"' && c == '`' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '#') {
                i = SCRIPT.indexOf('\n', i) - 1;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else {
                code.append(c);
            }
        }
        assertThat(quote).as("every text ends").isEqualTo((char) 0);
        return code.toString();
    }
}
