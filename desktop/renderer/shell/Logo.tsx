/** The product's mark: a turn that comes back to its point. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="#4A57CF" />
      <path d="M15.6 7.2A6.1 6.1 0 1 0 18 12" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="17.4" cy="7.4" r="1.9" fill="#fff" />
    </svg>
  );
}
