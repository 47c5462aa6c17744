/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The errors of the engine with the words that the protocol uses for them. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-engine-error.h"

typedef struct {
  const char *code;
  const char *hint;
} HoneErrorText;

static const HoneErrorText error_texts[] = {
  [HONE_ENGINE_ERROR_BAD_JOB] = { "bad-job", N_("Start the run again from Hone") },
  [HONE_ENGINE_ERROR_BAD_DATA] = { "bad-data", N_("Start the run again from Hone, or mend the line that the message names") },
  [HONE_ENGINE_ERROR_BAD_MODEL] = { "bad-model", N_("Train this iteration again") },
  [HONE_ENGINE_ERROR_UNSUPPORTED] = { "unsupported", N_("Choose another method, or train from the beginning") },
  [HONE_ENGINE_ERROR_TOO_LARGE] = { "too-large", N_("Train with fewer texts or fewer categories") },
  [HONE_ENGINE_ERROR_IO] = { "io", N_("Look for free space and permissions, then resume the run") },
  [HONE_ENGINE_ERROR_BUSY] = { "busy", N_("Wait for the other process, or end it") },
  [HONE_ENGINE_ERROR_INTERRUPTED] = { "interrupted", N_("Resume the run to go on") },
};

G_DEFINE_QUARK (hone-engine-error-quark, hone_engine_error)

static const HoneErrorText *
text_of (const GError *error)
{
  if (error->domain == HONE_ENGINE_ERROR && error->code > 0 && error->code < (int) G_N_ELEMENTS (error_texts))
    return &error_texts[error->code];
  return &error_texts[HONE_ENGINE_ERROR_IO];
}

/**
 * hone_engine_error_code:
 * @error: any error
 *
 * Returns: the word for the "code" member of an error event; errors of other domains are "io"
 */
const char *
hone_engine_error_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return text_of (error)->code;
}

/**
 * hone_engine_error_hint:
 * @error: any error
 *
 * Returns: a sentence for people that says what to do
 */
const char *
hone_engine_error_hint (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return _(text_of (error)->hint);
}
