// Runs before the first paint, so that neither theme nor direction flashes. A file, because the CSP allows no inline script.
(function () {
  try {
    var root = document.documentElement;
    var scheme = localStorage.getItem('switchboard.scheme') || 'auto';
    var dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
    root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
    var language = localStorage.getItem('switchboard.language');
    if (!language) language = (navigator.language || 'en').slice(0, 2) === 'fa' ? 'fa' : 'en';
    root.lang = language;
    root.dir = language === 'fa' ? 'rtl' : 'ltr';
  } catch (_) {
    // storage may be forbidden: the defaults of the page stand
  }
})();
