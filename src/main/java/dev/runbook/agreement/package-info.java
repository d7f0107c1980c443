/** What people agreed on before a run: its plan, and answers to its questions, each as a file that is bound to one plan. */
package dev.runbook.agreement;
