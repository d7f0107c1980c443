/**
 * The management shell: one long-lived PowerShell process, one JSON object a line both ways. The host script
 * ({@code host.ps1}) goes over standard input and is never stored on disk; what it does and why was tried on PowerShell 7.
 *
 * <p>Not tried: Windows PowerShell 3.0 to 5.1, the Lync and SkypeForBusiness modules, Windows code pages, sessions on other
 * computers over WS-Management (over SSH they were). Such a session is used as it
 * is, a pipeline for each call: {@code Import-PSSession} would write a module to disk, need an execution policy, and open a
 * broken session again by itself, which asks for a password.
 */
package dev.runbook.endpoint.powershell;
