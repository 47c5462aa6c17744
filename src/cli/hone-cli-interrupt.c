/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT and SIGTERM: the first cancels what goes on, the second quits at once. */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <unistd.h>

#include "hone-cli-interrupt.h"
#include "hone-cli.h"

static volatile sig_atomic_t count;
static int pipe_ends[2] = { -1, -1 };
static GCancellable *cancellable;

static void
handle (int signal_number)
{
  ssize_t written;

  /* Only what is safe inside a signal handler. */
  if (++count > 1)
    _exit (HONE_CLI_CANCELLED);
  written = write (pipe_ends[1], "!", 1);
  (void) written;
}

static gboolean
cancel_cb (int          fd,
           GIOCondition condition,
           gpointer     data)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

/**
 * hone_cli_interrupt_init:
 *
 * Takes over SIGINT and SIGTERM. Cancelling happens on the main loop, so that jobs are only touched where they live.
 */
void
hone_cli_interrupt_init (void)
{
  struct sigaction action = { .sa_handler = handle };

  cancellable = g_cancellable_new ();
  if (!g_unix_open_pipe (pipe_ends, FD_CLOEXEC, NULL))
    return;
  g_unix_fd_add (pipe_ends[0], G_IO_IN, cancel_cb, NULL);
  sigemptyset (&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

/**
 * hone_cli_interrupt_cancellable:
 *
 * Returns: (transfer none): what the first signal cancels
 */
GCancellable *
hone_cli_interrupt_cancellable (void)
{
  return cancellable;
}

/**
 * hone_cli_interrupted:
 * @error: where to put %G_IO_ERROR_CANCELLED
 *
 * Returns: whether a signal has come
 */
gboolean
hone_cli_interrupted (GError **error)
{
  if (count == 0)
    return FALSE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled"));
  return TRUE;
}
