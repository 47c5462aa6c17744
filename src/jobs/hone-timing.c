/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainings of one kind (program, method, base model, settings) on this computer, and a straight line through them. */
#include "config.h"

#include "hone-timing-private.h"

#include <math.h>

#define MAX_POINTS 20   /* the newest */

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_cache_dir (), "hone", "timings", NULL);
}

static char *
dup_group (const HoneParameters *parameters)
{
  g_autofree char *kind = g_strjoin ("\n", parameters->trainer != NULL ? parameters->trainer : "",
                                     parameters->method != NULL ? parameters->method : "",
                                     parameters->base != NULL ? parameters->base : "",
                                     parameters->settings != NULL ? parameters->settings : "", NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, kind, -1);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = dup_path ();
  GKeyFile *file = g_key_file_new ();

  /* A cache that cannot be read is as good as none. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

/* Both lists have the same length then. */
static gsize
read_points (GKeyFile    *file,
             const char  *group,
             double     **texts,
             double     **seconds)
{
  gsize n_texts = 0, n_seconds = 0;

  *texts = g_key_file_get_double_list (file, group, "texts", &n_texts, NULL);
  *seconds = g_key_file_get_double_list (file, group, "seconds", &n_seconds, NULL);
  return MIN (n_texts, n_seconds);
}

static void
append (double  *list,
        gsize    n,
        double   value,
        double  *longer)
{
  gsize skip = n >= MAX_POINTS ? n - MAX_POINTS + 1 : 0;

  for (gsize i = skip; i < n; i++)
    longer[i - skip] = list[i];
  longer[n - skip] = value;
}

void
_hone_timing_add (const HoneParameters *parameters,
                  guint64               n_texts,
                  double                seconds)
{
  g_autoptr(GKeyFile) file = load ();
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *group = dup_group (parameters);
  g_autofree double *old_texts = NULL, *old_seconds = NULL;
  double new_texts[MAX_POINTS], new_seconds[MAX_POINTS];
  gsize n = read_points (file, group, &old_texts, &old_seconds);

  if (n_texts == 0 || !isfinite (seconds) || seconds < 0)
    return;
  append (old_texts, n, (double) n_texts, new_texts);
  append (old_seconds, n, seconds, new_seconds);
  g_key_file_set_double_list (file, group, "texts", new_texts, MIN (n + 1, MAX_POINTS));
  g_key_file_set_double_list (file, group, "seconds", new_seconds, MIN (n + 1, MAX_POINTS));
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}

/* Least squares; a line that would go down or start below zero becomes one through the origin. */
static double
extrapolate (const double *texts,
             const double *seconds,
             gsize         n,
             double        wanted)
{
  double mean_texts = 0, mean_seconds = 0, covariance = 0, variance = 0, slope, start;

  for (gsize i = 0; i < n; i++)
    {
      mean_texts += texts[i] / n;
      mean_seconds += seconds[i] / n;
    }
  for (gsize i = 0; i < n; i++)
    {
      covariance += (texts[i] - mean_texts) * (seconds[i] - mean_seconds);
      variance += (texts[i] - mean_texts) * (texts[i] - mean_texts);
    }
  slope = variance > 0 ? covariance / variance : -1;
  start = mean_seconds - slope * mean_texts;
  if (slope < 0 || start < 0)
    return mean_texts > 0 ? mean_seconds / mean_texts * wanted : NAN;
  return start + slope * wanted;
}

double
_hone_timing_estimate (const HoneParameters *parameters,
                       guint64               n_texts)
{
  g_autoptr(GKeyFile) file = load ();
  g_autofree char *group = dup_group (parameters);
  g_autofree double *texts = NULL, *seconds = NULL;
  gsize n = read_points (file, group, &texts, &seconds);

  return n > 0 ? extrapolate (texts, seconds, n, (double) n_texts) : NAN;
}
