/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What runs and iterations remember, as JSON in the project. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-jobs.h"
#include "hone-out-private.h"
#include "hone-work-private.h"

void
_hone_parameters_free (HoneParameters *self)
{
  g_free (self->experiment);
  g_free (self->provider);
  g_free (self->trainer);
  g_free (self->method);
  g_free (self->base);
  g_free (self->parent_model);
  g_free (self->settings);
  g_free (self->model);
  g_free (self);
}

static char *
dup_string (HoneJson   *object,
            const char *name)
{
  return g_strdup (hone_json_get_string (hone_json_get (object, name)));
}

/* Whole numbers below 2^53, which doubles hold. */
static guint64
get_count (HoneJson   *object,
           const char *name)
{
  double number = hone_json_get_number (hone_json_get (object, name));

  return number >= 0 && number < 9007199254740992.0 ? (guint64) number : 0;
}

static double
get_amount (HoneJson   *object,
            const char *name)
{
  double number = hone_json_get_number (hone_json_get (object, name));

  return isfinite (number) && number > 0 ? number : 0;
}

static char *
dup_object (HoneJson   *object,
            const char *name)
{
  HoneJson *member = hone_json_get (object, name);
  GString *out = g_string_new (NULL);

  if (hone_json_get_type_of (member) == HONE_JSON_OBJECT)
    hone_json_print (member, out);
  else
    g_string_assign (out, "{}");
  return g_string_free (out, FALSE);
}

HoneParameters *
_hone_parameters_from_json (const char *json)
{
  HoneParameters *self = g_new0 (HoneParameters, 1);
  HoneJson *object = json != NULL ? hone_json_parse (json, -1, NULL) : NULL;
  const char *split = hone_json_get_string (hone_json_get (object, "split"));

  self->experiment = dup_string (object, "experiment");
  self->provider = dup_string (object, "provider");
  self->trainer = dup_string (object, "trainer");
  self->method = dup_string (object, "method");
  self->base = dup_string (object, "base");
  self->parent_id = get_count (object, "parent_id");
  self->parent_model = dup_string (object, "parent_model");
  self->seed = get_count (object, "seed");
  self->minutes = get_amount (object, "minutes");
  self->settings = dup_object (object, "settings");
  self->split = HONE_SPLIT_VALIDATION;
  if (split != NULL)
    hone_split_from_string (split, &self->split);
  self->model = dup_string (object, "model");
  self->seconds = get_amount (object, "seconds");
  self->since = get_count (object, "since");
  self->offset = get_count (object, "offset");
  self->n_trained = get_count (object, "n_trained");
  self->n_pseudo = get_count (object, "n_pseudo");
  self->n_kept_out = get_count (object, "n_kept_out");
  self->n_disputed = get_count (object, "n_disputed");
  self->n_unlabelled = get_count (object, "n_unlabelled");
  self->n_asked = get_count (object, "n_asked");
  g_clear_pointer (&object, hone_json_free);
  return self;
}

char *
_hone_parameters_to_json (HoneParameters *self)
{
  GString *out = g_string_new ("{");

  _hone_out_string (out, "experiment", self->experiment);
  _hone_out_string (out, "provider", self->provider);
  _hone_out_string (out, "trainer", self->trainer);
  _hone_out_string (out, "method", self->method);
  _hone_out_string (out, "base", self->base);
  _hone_out_integer (out, "parent_id", self->parent_id);
  _hone_out_string (out, "parent_model", self->parent_model);
  _hone_out_integer (out, "seed", self->seed);
  _hone_out_number (out, "minutes", self->minutes);
  _hone_out_json (out, "settings", self->settings != NULL ? self->settings : "{}");
  _hone_out_string (out, "split", hone_split_to_string (self->split));
  _hone_out_string (out, "model", self->model);
  _hone_out_number (out, "seconds", self->seconds);
  _hone_out_integer (out, "since", self->since);
  _hone_out_integer (out, "offset", self->offset);
  _hone_out_integer (out, "n_trained", self->n_trained);
  _hone_out_integer (out, "n_pseudo", self->n_pseudo);
  _hone_out_integer (out, "n_kept_out", self->n_kept_out);
  _hone_out_integer (out, "n_disputed", self->n_disputed);
  _hone_out_integer (out, "n_unlabelled", self->n_unlabelled);
  _hone_out_integer (out, "n_asked", self->n_asked);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

/* ---- iterations ---- */

void
_hone_model_info_clear (HoneModelInfo *info)
{
  g_clear_pointer (&info->trainer, g_free);
  g_clear_pointer (&info->method, g_free);
  g_clear_pointer (&info->base, g_free);
  g_clear_pointer (&info->settings, g_free);
  g_clear_pointer (&info->template, hone_template_unref);
}

static gboolean
check_hash (const HoneIteration  *iteration,
            HoneTemplate         *template,
            GError              **error)
{
  if (iteration->template_hash == NULL || g_str_equal (iteration->template_hash, hone_template_get_hash (template)))
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_MODEL_MISSING,
               _("“%s@%d” was trained with the template %s, which is not the one that is left of it (%s), so it cannot be asked"),
               iteration->experiment, iteration->number, iteration->template_hash, hone_template_get_hash (template));
  return FALSE;
}

gboolean
_hone_model_info_read (HoneStore            *store,
                       const HoneIteration  *iteration,
                       HoneModelInfo        *info,
                       GError              **error)
{
  HoneJson *object = iteration->settings != NULL ? hone_json_parse (iteration->settings, -1, NULL) : NULL;
  const char *template = hone_json_get_string (hone_json_get (object, "template"));

  *info = (HoneModelInfo) {
    .trainer = dup_string (object, "trainer"),
    .method = dup_string (object, "method"),
    .base = dup_string (object, "base"),
    .seed = get_count (object, "seed"),
    .settings = dup_object (object, "settings"),
  };
  /* A model is asked with the template it was trained with, whatever the project's says by now. */
  if (template != NULL)
    info->template = hone_template_from_string (template, error);
  else
    info->template = hone_store_dup_template (store);
  g_clear_pointer (&object, hone_json_free);
  if (info->template != NULL && check_hash (iteration, info->template, error))
    return TRUE;
  _hone_model_info_clear (info);
  return FALSE;
}

char *
_hone_model_info_print (const HoneParameters *parameters,
                        HoneTemplate         *template)
{
  GString *out = g_string_new ("{");
  g_autofree char *text = hone_template_to_string (template);

  _hone_out_string (out, "method", parameters->method);
  _hone_out_string (out, "base", parameters->base);
  _hone_out_string (out, "trainer", parameters->trainer);
  _hone_out_integer (out, "seed", parameters->seed);
  if (parameters->minutes > 0)
    _hone_out_number (out, "minutes", parameters->minutes);
  _hone_out_json (out, "settings", parameters->settings != NULL ? parameters->settings : "{}");
  _hone_out_string (out, "template", text);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}
