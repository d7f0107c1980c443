package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.ISQLServerMessage;
import com.microsoft.sqlserver.jdbc.ISQLServerMessageHandler;
import dev.runbook.endpoint.Progress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on what a server says while it works, at once. Errors are left alone: they come as exceptions. */
final class LiveMessages implements ISQLServerMessageHandler {
    /** "%d percent processed." in the language of the server; the number is the percentage. */
    private static final int PERCENT_PROCESSED = 3211;

    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,3}");

    private final Progress progress;

    LiveMessages(Progress progress) {
        this.progress = progress;
    }

    @Override
    public ISQLServerMessage messageHandler(ISQLServerMessage message) {
        if (message.isInfoMessage()) {
            pass(message);
        }
        return message;
    }

    private void pass(ISQLServerMessage message) {
        String text = message.getErrorMessage();
        Matcher percent = FIRST_NUMBER.matcher(text);
        if (message.getErrorNumber() == PERCENT_PROCESSED && percent.find()) {
            progress.advanced(Long.parseLong(percent.group()), 100, "%");
        } else {
            progress.said(text);
        }
    }
}
